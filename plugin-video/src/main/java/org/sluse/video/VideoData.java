// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import static org.sluse.data.KeptCategory.APPOINTMENT;
import static org.sluse.data.KeptCategory.DISPLAY_NAME;
import static org.sluse.data.KeptCategory.IDENTITY;
import static org.sluse.data.KeptCategory.NONE;
import static org.sluse.data.KeptCategory.PSEUDONYM;
import static org.sluse.data.KeptCategory.SECRET;
import static org.sluse.data.KeptCategory.STAFF;
import static org.sluse.data.KeptCategory.TRACE;

import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod.After;
import org.sluse.data.RetentionPeriod.AsSet;
import org.sluse.data.RetentionPeriod.Until;
import org.sluse.data.RetentionPeriod.With;

/** What video stores. It knows no patient from one session to the next: whose something is, is which session it belongs to. */
public final class VideoData {

    /** By table. */
    public static final DataMap MAP = DataMap.of(
            KeptTable.of("session", "kept.appointments", new AsSet("keptDays", "starts_at"))
                    .plain(PSEUDONYM, "id", "room")
                    .plain(STAFF, "host_id", "host_in_room")
                    .sealed(IDENTITY, "patient_label")
                    .plain(APPOINTMENT, "starts_at", "minutes", "state", "ended_at")
                    .ofPerson("id"),
            KeptTable.of("participant", "kept.appointments", new With("session"))
                    .plain(PSEUDONYM, "id", "session_id", "in_room")
                    .plain(NONE, "seat", "role")
                    .plain(STAFF, "staff_id", "let_in_by")
                    .sealed(IDENTITY, "label")
                    .sealed(DISPLAY_NAME, "display_name")
                    .plain(APPOINTMENT, "admission", "waiting_since", "message_at", "asked_at")
                    .sealed(APPOINTMENT, "message")
                    .plain(TRACE, "camera", "microphone", "speaker", "connection")
                    .ofPersonIn("session", "session_id"),
            KeptTable.of("experience", "kept.experiences", new With("session"))
                    .plain(NONE, "id")
                    .plain(PSEUDONYM, "session_id", "participant_id")
                    .plain(TRACE, "loss", "delay", "freezes", "way", "rating")
                    .ofPersonIn("session", "session_id"),
            KeptTable.of("ticket", "kept.tickets", new After(1, "expires_at"))
                    .plain(SECRET, "hash")
                    .plain(NONE, "kind", "expires_at")
                    .plain(PSEUDONYM, "session_id", "participant_id")
                    .plain(STAFF, "staff_id")
                    .ofPersonIn("session", "session_id"),
            KeptTable.of("provider_room", "kept.rooms", new After(1, "ends_at"))
                    .plain(NONE, "id", "provider", "path", "external_id", "address", "ends_at", "use", "people",
                            "people_at")
                    .sealed(SECRET, "host_key"),
            KeptTable.of("session_room", "kept.rooms", new With("session"))
                    .plain(PSEUDONYM, "session_id", "room_id")
                    .ofPersonIn("session", "session_id"),
            KeptTable.of("provider_event", "kept.events", new After(1, "at")).plain(NONE, "id", "at"),
            KeptTable.of("signing_key", "kept.keys", new Until("kept.until.new-key"))
                    .plain(NONE, "only_one")
                    .sealed(SECRET, "sealed"));

    private VideoData() {}
}
