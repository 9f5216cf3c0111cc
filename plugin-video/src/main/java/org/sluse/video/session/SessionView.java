// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.quality.CallQuality;
import org.sluse.video.quality.Experience;
import org.sluse.video.quality.Rating;

/**
 * A session as its host sees it, or a co-host of it.
 *
 * @param displayName of the patient for whom it was planned, as {@code admission}, {@code participant} and {@code waitingSince} are
 * @param participant the pseudonym, by which the socket's messages name them
 * @param you the pseudonym of a co-host who asks; empty for the host
 * @param people everybody who is invited, in order; the first is that patient
 * @param quality how the call was for the host; like each person's only when the session is read alone, and empty when nothing is known
 * @param invitation only in the answer that made it: {@code /{tenant}/j#CODE}, for a co-host {@code /{tenant}/sessions/{id}}
 */
public record SessionView(UUID id, Instant startsAt, int minutes, String patientLabel, String displayName,
        SessionState state,
        Admission admission, String participant, Optional<Instant> waitingSince, Optional<Instant> endedAt,
        Optional<String> you, Optional<CallQuality> quality, List<PersonView> people, Optional<String> invitation) {

    /**
     * Somebody who is invited.
     *
     * @param label the clinic's own words for them
     * @param askedAt when they asked for another link, since theirs is held by another browser; empty when not
     */
    public record PersonView(String participant, ParticipantRole role, String label, String displayName,
            Admission admission, Optional<Instant> askedAt, Optional<CallQuality> quality, Optional<Rating> rating) {

        static PersonView of(Participant who, Experience experience) {
            return new PersonView(who.inRoom(), who.role(), who.who().label(), who.displayName().value(),
                    who.admission(), who.askedAt(), experience.quality(), experience.rating());
        }
    }

    /** @param staffId of whoever asks */
    static SessionView of(VideoSession session, String staffId, Optional<String> invitation) {
        return of(session, staffId, invitation, Map.of());
    }

    /** @param experiences by participant, under {@link Optional#empty()} the host's */
    static SessionView of(VideoSession session, String staffId, Optional<String> invitation,
            Map<Optional<UUID>, Experience> experiences) {
        var patient = session.patient();
        return new SessionView(session.id(), session.startsAt(), session.minutes(), session.patientLabel(),
                patient.displayName().value(), session.state(), patient.admission(), patient.inRoom(),
                patient.waitingSince(), session.endedAt(),
                session.hostId().equals(staffId)
                        ? Optional.empty()
                        : session.coHost(staffId).map(Participant::inRoom),
                experiences.getOrDefault(Optional.empty(), Experience.UNKNOWN).quality(),
                session.people()
                        .stream()
                        .map(who -> PersonView.of(who,
                                experiences.getOrDefault(Optional.of(who.id()), Experience.UNKNOWN)))
                        .toList(),
                invitation);
    }
}
