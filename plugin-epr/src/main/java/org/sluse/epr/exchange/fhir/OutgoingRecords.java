// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import java.util.List;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.FhirJson;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;

/** Everything that leaves for the record, and nothing more; each component says which {@link DataCategory} it carries. */
public final class OutgoingRecords {

    /** For the manifest. */
    public static final List<Class<? extends Record>> ALL = List.of(Message.class, ResponseQuestion.class,
            PatientQuestion.class);

    private OutgoingRecords() {}

    /** POST to the base: one completed assessment as a transaction bundle. */
    @Outbound(to = "epr")
    record Message(@Carries({DataCategory.ASSESSMENT, DataCategory.IDENTITY}) FhirJson bundle) {}

    /** GET QuestionnaireResponse: has our message arrived? */
    @Outbound(to = "epr")
    record ResponseQuestion(
            @Impersonal("our own random identifier of the assessment, as system|value") String identifier) {}

    /** GET Patient: how many have this number? Asked only after a message was refused. */
    @Outbound(to = "epr")
    record PatientQuestion(@Carries(DataCategory.IDENTITY) String identifier) {}
}
