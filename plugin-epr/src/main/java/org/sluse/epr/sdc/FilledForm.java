// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * What every way of extraction works with.
 *
 * @param paths for expressions of this form
 * @param entries what has been extracted so far
 * @param issues what has gone wrong so far
 */
record FilledForm(Questionnaire questionnaire, QuestionnaireResponse response, FormPaths paths, Entries entries,
        Issues issues) {

    /** Where expressions of the form's root are evaluated, with the ids that it allocates. */
    FormPaths.Scope root() {
        return entries.allocated(questionnaire.getExtension(), "QuestionnaireResponse",
                new FormPaths.Scope(response, null, Map.of()));
    }

    /** Whether this is the form of the response, or one that is derived from it; a fatal issue when not. Who does not say which form it is, is taken at their word. */
    static boolean isOf(Questionnaire questionnaire, QuestionnaireResponse response, Issues issues) {
        if (!response.hasQuestionnaire() || !questionnaire.hasUrl() || response.getQuestionnaire().startsWith("#")) {
            return true;
        }
        var named = response.getQuestionnaire().split("\\|", 2);
        var isThis = named[0].equals(questionnaire.getUrl())
                && (named.length == 1 || !questionnaire.hasVersion() || named[1].equals(questionnaire.getVersion()));
        if (isThis || questionnaire.getDerivedFrom()
                .stream()
                .anyMatch(from -> from.getValue().split("\\|", 2)[0].equals(named[0]))) {
            return true;
        }
        issues.fatal(IssueType.CONFLICT, "QuestionnaireResponse.questionnaire", "The response is of '"
                + response.getQuestionnaire() + "' and the form is '" + questionnaire.getUrl()
                + (questionnaire.hasVersion() ? "|" + questionnaire.getVersion() : "") + "'");
        return false;
    }
}
