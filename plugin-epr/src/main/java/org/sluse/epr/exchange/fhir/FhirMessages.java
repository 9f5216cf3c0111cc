// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.sluse.epr.EprSettings;
import org.sluse.epr.exchange.Completed;
import org.sluse.epr.fhir.AssessmentBundle;
import org.sluse.epr.patient.Patient;
import org.sluse.settings.Settings;

/** FHIR as text: what we send, and what of an answer we understand. */
@Dependent
final class FhirMessages {

    private static final int LONGEST_WORDS = 500;

    private final Settings<EprSettings> settings;
    private final AssessmentBundle bundles = new AssessmentBundle();
    private final FormBundle forms = new FormBundle();

    @Inject
    FhirMessages(Settings<EprSettings> settings) {
        this.settings = settings;
    }

    /** The message, with the identifier system that the settings name now. */
    String message(Completed completed, Patient patient, boolean forPeople) {
        var system = settings.get().patientIdentifierSystem();
        var bundle = switch (completed) {
            case Completed.OfInstrument(var assessment) -> bundles.of(assessment, system, patient.number());
            case Completed.OfForm form -> forms.of(form, system, patient.number()).bundle();
        };
        return FhirContext.forR4Cached().newJsonParser().setPrettyPrint(forPeople).encodeResourceToString(bundle);
    }

    /** Where the score lies, and of a form the response, from the answer to a transaction; empty when the text is no such answer or an entry failed. */
    static Optional<String> location(Completed completed, String text) {
        // Response, score and provenance; a form has as many Observations as it marks answers.
        var place = completed instanceof Completed.OfInstrument ? 1 : 0;
        return bundle(text).map(Bundle::getEntry)
                .filter(entries -> completed instanceof Completed.OfInstrument
                        ? entries.size() == 3
                        : entries.size() >= 2)
                .filter(entries -> entries.stream()
                        .allMatch(entry -> entry.getResponse().getStatus() != null
                                && entry.getResponse().getStatus().startsWith("20")))
                .flatMap(entries -> Optional.ofNullable(entries.get(place).getResponse().getLocation())
                        .map(FhirMessages::shortened));
    }

    /** Type and id of the first resource of a search; empty when nothing was found. */
    static Optional<String> firstMatch(Bundle found) {
        return found.getEntry()
                .stream()
                .findFirst()
                .map(entry -> entry.getResource().fhirType() + "/" + entry.getResource().getIdElement().getIdPart());
    }

    /** The text as a Bundle. */
    static Optional<Bundle> bundle(String text) {
        try {
            return FhirContext.forR4Cached().newJsonParser().parseResource(text) instanceof Bundle bundle
                    ? Optional.of(bundle)
                    : Optional.empty();
        } catch (DataFormatException notFhir) {
            return Optional.empty();
        }
    }

    /** What the record said, in its own words, at most 500 characters; the status when it said nothing. */
    static String words(int status, String text) {
        try {
            if (FhirContext.forR4Cached().newJsonParser().parseResource(text) instanceof OperationOutcome outcome
                    && outcome.hasIssue()) {
                var issue = outcome.getIssueFirstRep();
                var words = issue.hasDiagnostics() ? issue.getDiagnostics() : issue.getDetails().getText();
                var where = issue.getExpression().isEmpty() ? "" : issue.getExpression().getFirst().getValue() + ": ";
                if (words != null) {
                    return (where + words).substring(0, Math.min(LONGEST_WORDS, where.length() + words.length()));
                }
            }
        } catch (DataFormatException notFhir) {
            // The status is all that can be said.
        }
        return "HTTP " + status;
    }

    private static String shortened(String location) {
        var version = location.indexOf("/_history/");
        var parts = (version < 0 ? location : location.substring(0, version)).split("/");
        return parts.length < 2 ? location : parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
}
