// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sluse.video.admission.Admission;

/**
 * A session as its host sees it.
 *
 * @param participant the patient's pseudonym, by which the socket's messages name them
 * @param invitation {@code /{tenant}/j#CODE}, only in the answer that made it
 */
public record SessionView(UUID id, Instant startsAt, int minutes, String patientLabel, String displayName,
        SessionState state,
        Admission admission, String participant, Optional<Instant> waitingSince, Optional<Instant> endedAt,
        Optional<String> invitation) {

    static SessionView of(VideoSession session, Optional<String> invitation) {
        var patient = session.patient();
        return new SessionView(session.id(), session.startsAt(), session.minutes(), session.patientLabel(),
                patient.displayName().value(), session.state(), patient.admission(), patient.inRoom(),
                patient.waitingSince(),
                session.endedAt(), invitation);
    }
}
