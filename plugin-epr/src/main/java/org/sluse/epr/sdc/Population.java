// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code $populate} of SDC 4.0 (Questionnaire-populate): a form with what is known already, observation- and expression-based. It asks nobody: what is known is what was handed over. Deterministic.
 * Thread-safe.
 */
public final class Population {

    private final FhirContext fhir;

    /**
     * What a form is filled from.
     *
     * @param subject whom it is about; empty: the Patient among the contexts, if there is one
     * @param contexts resources by the name that the form's launch contexts have; a Bundle stands for what is in it
     * @param now for {@code today()} and for how old an Observation is
     */
    public record Known(Optional<Reference> subject, Map<String, List<Resource>> contexts, Instant now) {
        public Known {
            var copy = new LinkedHashMap<String, List<Resource>>();
            contexts.forEach((name, content) -> copy.put(name, List.copyOf(content)));
            contexts = copy;
        }
    }

    /**
     * What came of it.
     *
     * @param response in progress, with each question of the form and the answers that were found
     * @param issues what could not be found out, each with the place as FHIRPath; never null
     */
    public record Result(QuestionnaireResponse response, OperationOutcome issues) {}

    /** @param fhir of R4 */
    public Population(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Fills a form. What cannot be filled is an issue, and the rest is filled. Nothing found is no answer, and never a "no". */
    public Result populate(Questionnaire questionnaire, Known known) {
        var issues = new Issues();
        var response = new QuestionnaireResponse();
        new PopulatedForm(fhir, questionnaire, response, known, issues).fill();
        return new Result(response, issues.outcome());
    }
}
