// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.util.List;

/** What the record is sent besides the answers of a form. */
public interface FormExtracts {

    /**
     * What the form asks to be made of its answers, and is not sent: each a sentence that names questions and never answers.
     *
     * @param assessment completed
     * @param response what was sent: a QuestionnaireResponse as JSON
     */
    List<String> issues(FormAssessment assessment, String response);
}
