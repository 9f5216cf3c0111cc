// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import static org.sluse.data.KeptCategory.APPOINTMENT;
import static org.sluse.data.KeptCategory.ASSESSMENT;
import static org.sluse.data.KeptCategory.IDENTITY;
import static org.sluse.data.KeptCategory.NONE;
import static org.sluse.data.KeptCategory.PSEUDONYM;
import static org.sluse.data.KeptCategory.STAFF;

import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.data.RetentionPeriod.Until;
import org.sluse.data.RetentionPeriod.With;

/**
 * What the module stores. Everything is a patient's, by the clinic's internal id of that patient; in the sandbox by what a resource is found by. Who that is, and
 * what they answered, is sealed; not in the sandbox, which is there to try the way to a record with what was made up.
 */
public final class EprData {

    private static final RetentionPeriod IN_SANDBOX = new Until("kept.until.sandbox");

    /** By table. */
    public static final DataMap MAP = DataMap.of(
            KeptTable.of("patient", "kept.patients", new Until("kept.until.patient"))
                    .plain(PSEUDONYM, "id")
                    .indexed(IDENTITY, "number")
                    .sealed(IDENTITY, "name")
                    .plain(APPOINTMENT, "since")
                    .plain(NONE, "version")
                    .ofPerson("id"),
            KeptTable.of("earlier_patient", "kept.patients", new With("patient"))
                    .plain(PSEUDONYM, "patient_id")
                    .sealed(IDENTITY, "number", "name")
                    .plain(STAFF, "changed_by")
                    .plain(NONE, "version", "until")
                    .ofPersonIn("patient", "patient_id"),
            KeptTable.of("treatment", "kept.patients", new With("patient"))
                    .plain(PSEUDONYM, "patient_id")
                    .plain(STAFF, "practitioner")
                    .plain(APPOINTMENT, "since")
                    .ofPersonIn("patient", "patient_id"),
            KeptTable.of("assessment", "kept.assessments", new With("patient"))
                    .plain(PSEUDONYM, "id", "patient_id")
                    .plain(STAFF, "practitioner")
                    .plain(ASSESSMENT, "instrument", "instrument_version", "wording_id", "language", "state",
                            "assigned_at",
                            "expires_at", "saved_at", "completed_at")
                    .ofPersonIn("patient", "patient_id"),
            KeptTable.of("wording", "kept.wordings", new Until("kept.until.wording"))
                    .plain(NONE, "id", "instrument", "instrument_version", "language", "texts", "imported_at")
                    .plain(STAFF, "imported_by"),
            KeptTable.of("form", "kept.forms", new Until("kept.until.wording"))
                    .plain(NONE, "id", "position", "url", "version", "title", "languages", "questions", "content",
                            "imported_at")
                    .plain(STAFF, "imported_by"),
            KeptTable.of("form_assessment", "kept.assessments", new With("patient"))
                    .plain(PSEUDONYM, "id", "patient_id")
                    .plain(STAFF, "practitioner")
                    .plain(ASSESSMENT, "form_id", "language", "state", "assigned_at", "expires_at", "saved_at",
                            "completed_at", "answered", "asked")
                    .plain(NONE, "version")
                    .sealed(ASSESSMENT, "response")
                    .ofPersonIn("patient", "patient_id"),
            KeptTable.of("answer", "kept.assessments", new With("assessment"))
                    .plain(PSEUDONYM, "assessment_id")
                    .plain(ASSESSMENT, "link_id")
                    .sealed(ASSESSMENT, "code")
                    .ofPersonIn("assessment", "assessment_id"),
            KeptTable.of("safety_flag", "kept.assessments", new With("assessment"))
                    .plain(PSEUDONYM, "assessment_id")
                    .plain(ASSESSMENT, "link_id", "raised_at", "passed_at", "acknowledged_at")
                    .sealed(ASSESSMENT, "code", "note")
                    .plain(STAFF, "passed_to", "acknowledged_by")
                    .ofPersonIn("assessment", "assessment_id"),
            KeptTable.of("deputy", "kept.deputy", new Until("kept.until.deputy"))
                    .plain(NONE, "only_row", "after_minutes", "set_at")
                    .plain(STAFF, "practitioner", "set_by"),
            KeptTable.of("delivery", "kept.deliveries", new With("assessment"))
                    .plain(PSEUDONYM, "id", "assessment_id", "form_assessment_id", "patient_id", "location")
                    .indexed(IDENTITY, "sent_number")
                    .plain(NONE, "position", "state", "reason", "attempts", "next_attempt_at")
                    .ofPersonIn("patient", "patient_id"),
            KeptTable.of("delivery_event", "kept.deliveries", new With("delivery"))
                    .plain(PSEUDONYM, "delivery_id")
                    .sealed(ASSESSMENT, "detail")
                    .plain(NONE, "position", "at", "what")
                    .ofPersonIn("delivery", "delivery_id"),
            KeptTable.of("sandbox_version", "kept.sandbox", IN_SANDBOX)
                    .plain(PSEUDONYM, "id")
                    .plain(ASSESSMENT, "content")
                    .plain(NONE, "type", "version", "at")
                    .ofPersonIn("sandbox_index", "id"),
            KeptTable.of("sandbox_index", "kept.sandbox", IN_SANDBOX)
                    .plain(PSEUDONYM, "id")
                    .plain(IDENTITY, "value")
                    .plain(NONE, "type", "parameter")
                    .ofPerson("value"),
            KeptTable.of("sandbox_misbehaviour", "kept.sandbox", IN_SANDBOX).plain(NONE, "only_row", "kind", "times"));

    private EprData() {}
}
