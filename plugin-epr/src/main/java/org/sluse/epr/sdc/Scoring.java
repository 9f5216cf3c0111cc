// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * What a form calculates of its answers, calculated anew (SDC 4.0, {@code calculatedExpression}): scores that a browser or another system has sent are not believed. Of any status, also of a
 * draft. Deterministic. Thread-safe.
 */
public final class Scoring {

    private final FhirContext fhir;

    /**
     * What came of it.
     *
     * @param response as it was sent, with what the form calculates; empty when it was refused
     * @param issues what could not be calculated, and where a value was sent that is another, each with the place in the response that is given back; never null
     */
    public record Result(Optional<QuestionnaireResponse> response, OperationOutcome issues) {}

    /** @param fhir of R4 */
    public Scoring(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Calculates all that the form says. A difference between what was sent and what is calculated is an issue with both values, and the calculated one is in the result; what cannot be
     * calculated is an issue, and stays as it was sent.
     *
     * @param questionnaire the form that was filled in, or one that is derived from it
     * @param response left as it is
     */
    public Result score(Questionnaire questionnaire, QuestionnaireResponse response) {
        var issues = new Issues();
        if (!FilledForm.isOf(questionnaire, response, issues)) {
            return new Result(Optional.empty(), issues.outcome());
        }
        if (!Calculation.isAskedFor(questionnaire)) {
            issues.warning("QuestionnaireResponse",
                    "The form calculates nothing; right would be items with a calculatedExpression");
        }
        var scored = response.copy();
        new Calculation(fhir, questionnaire, scored, issues).run();
        return new Result(Optional.of(scored), issues.outcome());
    }
}
