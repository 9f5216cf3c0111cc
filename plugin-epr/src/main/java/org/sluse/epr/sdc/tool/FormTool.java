// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc.tool;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.sluse.epr.sdc.Extraction;
import org.sluse.epr.sdc.FormReader;
import org.sluse.epr.sdc.Population;
import org.sluse.epr.sdc.Scoring;

/**
 * Scoring, extraction and population of files, as the server does them. What came of it goes to one consumer as pretty JSON, an OperationOutcome to the other, each once or not at all.
 */
public final class FormTool {

    /** All that was asked for is there. */
    public static final int WHOLE = 0;
    /** Something is missing, or a value that was sent is not what the form calculates; the issues say what. */
    public static final int PARTIAL = 1;
    /** Nothing was done; the issues say why. */
    public static final int REFUSED = 2;

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final Consumer<String> answer;
    private final Consumer<String> issues;
    private final Set<String> leftOut = new LinkedHashSet<>();

    /** A file that is none of what was asked for. */
    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String why) {
            super(why);
        }
    }

    /**
     * @param answer takes a resource as JSON
     * @param issues takes an OperationOutcome as JSON; nothing, when all went well
     */
    public FormTool(Consumer<String> answer, Consumer<String> issues) {
        this.answer = answer;
        this.issues = issues;
    }

    /** The response with what the form calculates. @return {@link #WHOLE}, {@link #PARTIAL} or {@link #REFUSED} */
    public int score(Path questionnaire, Path response) {
        return attempt(() -> {
            var result = new Scoring(fhir).score(read(Questionnaire.class, questionnaire),
                    read(QuestionnaireResponse.class, response));
            return told(result.response(), result.issues());
        });
    }

    /**
     * A transaction of what the response says.
     *
     * @param mappings StructureMaps, as JSON or in the FHIR Mapping Language, in place of those that the form names; none: those
     * @return {@link #WHOLE}, {@link #PARTIAL} or {@link #REFUSED}
     */
    public int extract(Path questionnaire, Path response, List<Path> mappings) {
        return attempt(() -> {
            var form = read(Questionnaire.class, questionnaire);
            if (!mappings.isEmpty()) {
                Extraction.replaceMaps(form, mappings.stream()
                        .map(file -> read(file, "StructureMap", reader(file)::readMap))
                        .toList());
            }
            var result = new Extraction(fhir).extract(form, read(QuestionnaireResponse.class, response));
            return told(result.bundle(), result.issues());
        });
    }

    /**
     * The form with what is known already.
     *
     * @param contexts a resource, or a Bundle of several, by the name of a launch context
     * @return {@link #WHOLE}, {@link #PARTIAL} or {@link #REFUSED}
     */
    public int populate(Path questionnaire, Map<String, Path> contexts, Instant now) {
        return attempt(() -> {
            var form = read(Questionnaire.class, questionnaire);
            var known = new LinkedHashMap<String, List<Resource>>();
            contexts.forEach((name, file) -> {
                Resource content = read(file, "resource", reader(file)::read);
                known.put(name, List.of(content));
            });
            var result = new Population(fhir).populate(form, new Population.Known(Optional.empty(), known, now));
            return told(Optional.of(result.response()), result.issues());
        });
    }

    private int attempt(IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (UnreadableException unreadable) {
            var outcome = new OperationOutcome();
            outcome.addIssue()
                    .setSeverity(IssueSeverity.FATAL)
                    .setCode(IssueType.STRUCTURE)
                    .setDiagnostics(unreadable.getMessage());
            return told(Optional.empty(), outcome);
        }
    }

    private int told(Optional<? extends Resource> resource, OperationOutcome outcome) {
        leftOut.forEach(what -> outcome.addIssue()
                .setSeverity(IssueSeverity.WARNING)
                .setCode(IssueType.STRUCTURE)
                .setDiagnostics(what));
        resource.ifPresent(made -> answer.accept(json(made)));
        if (outcome.hasIssue()) {
            issues.accept(json(outcome));
        }
        return has(outcome, IssueSeverity.FATAL) ? REFUSED : has(outcome, IssueSeverity.ERROR) ? PARTIAL : WHOLE;
    }

    private static boolean has(OperationOutcome outcome, IssueSeverity severity) {
        return outcome.getIssue().stream().anyMatch(issue -> issue.getSeverity() == severity);
    }

    private String json(Resource resource) {
        return fhir.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource);
    }

    private <T extends Resource> T read(Class<T> type, Path file) {
        return read(file, type.getSimpleName(), json -> reader(file).read(type, json));
    }

    /** Of forms of others, what R4 does not know is left out and said; a server is told to send it right. */
    private FormReader reader(Path file) {
        return new FormReader(fhir, what -> leftOut.add(file + ": " + what + " was left out; R4 does not know it"));
    }

    private static <T> T read(Path file, String wanted, Function<String, T> reader) {
        try {
            return reader.apply(Files.readString(file));
        } catch (MalformedInputException binary) {
            throw new UnreadableException(file + " is not text; right would be a " + wanted
                    + " of FHIR R4 as JSON in UTF-8");
        } catch (IOException unreadable) {
            throw new UnreadableException(file + " cannot be read; right would be a file with a " + wanted
                    + " of FHIR R4 as JSON");
        } catch (IllegalArgumentException wrong) {
            throw new UnreadableException(file + ": " + wrong.getMessage());
        }
    }
}
