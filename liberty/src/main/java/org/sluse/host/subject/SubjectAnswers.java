// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.sluse.host.backup.Backups;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.subject.Subjects.Erasure;
import org.sluse.host.subject.Subjects.Export;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.problem.ProblemException;

/** The answers to the administrator's questions and to the operator's, which are the same. Thread-safe. */
@OnePerNode
public final class SubjectAnswers {

    private final Subjects subjects;
    private final Backups backups;
    private final Binding binding;
    private final Texts texts;
    private final ObjectMapper json;

    /**
     * Whose data is wanted, in the body: an id of a person does not belong into an address.
     *
     * @param format {@code json}, {@code fhir} or {@code text}; absent: {@code json}
     * @param lang of the texts; absent: English
     */
    public record Wanted(String id, Optional<String> format, Optional<String> lang) {}

    /** @param dryRun changes nothing @param lang of the texts; absent: English */
    public record Unwanted(String id, boolean dryRun, Optional<String> lang) {}

    @Inject
    SubjectAnswers(Subjects subjects, Backups backups, Binding binding, Texts texts, ObjectMapper json) {
        this.subjects = subjects;
        this.backups = backups;
        this.binding = binding;
        this.texts = texts;
        this.json = json;
    }

    /** Everything about a person, as a file. */
    public Response export(Wanted wanted) {
        var language = language(wanted.lang());
        var format = wanted.format().orElse("json");
        return switch (format) {
            case "json" -> file(subjects.export(wanted.id(), language), MediaType.APPLICATION_JSON, "json");
            case "fhir" -> file(bundle(subjects.export(wanted.id(), language)), "application/fhir+json", "fhir.json");
            case "text" -> file(SubjectText.of(subjects.export(wanted.id(), language), texts, language),
                    MediaType.TEXT_PLAIN + ";charset=UTF-8", "txt");
            default -> throw ProblemException.notAllowed("/format", "format",
                    "There is no format '" + format + "'; right would be json, fhir or text");
        };
    }

    /** What was erased, or would be, and what stays. */
    public Erasure erase(Unwanted unwanted) {
        try {
            return subjects.erase(unwanted.id(), unwanted.dryRun(), language(unwanted.lang()));
        } finally {
            // Also where one module failed: another may have erased.
            if (!unwanted.dryRun()) {
                backups.keysChanged(binding.tenant().id());
            }
        }
    }

    /** FHIR R4, Bundle of type {@code collection}: resources for keeping, to be processed by nobody. */
    private String bundle(Export export) {
        ObjectNode bundle = json.createObjectNode().put("resourceType", "Bundle").put("type", "collection");
        var entries = bundle.putArray("entry");
        export.modules()
                .forEach(module -> module.fhir().forEach(resource -> entries.addObject().set("resource", resource)));
        // An empty array is not allowed (json.html 2.6.2).
        if (entries.isEmpty()) {
            bundle.remove("entry");
        }
        return bundle.toString();
    }

    private static Response file(Object content, String type, String extension) {
        return Response.ok(content, type)
                .header("Content-Disposition", "attachment; filename=\"person." + extension + "\"")
                .build();
    }

    private static Language language(Optional<String> code) {
        return code.flatMap(Language::of).orElse(Language.EN);
    }
}
