// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import jakarta.enterprise.context.Dependent;
import java.util.List;
import org.sluse.epr.exchange.Completed;
import org.sluse.epr.form.FormAssessment;
import org.sluse.epr.form.FormExtracts;

/** What of a form does not become a part of the message; as it would be made, with a patient that nobody is. */
@Dependent
public final class FhirFormExtracts implements FormExtracts {

    private final FormBundle bundles = new FormBundle();

    @Override
    public List<String> issues(FormAssessment assessment, String response) {
        return bundles.of(new Completed.OfForm(assessment, response), "urn:sluse:none", "none").missing();
    }
}
