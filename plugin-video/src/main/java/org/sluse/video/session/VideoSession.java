// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.Participant;

/**
 * An appointment on video between one practitioner and one patient.
 *
 * @param room pseudonym of the session in tokens; random, not derived, not reused
 * @param hostId the practitioner in the clinic's list of people
 * @param hostInRoom the practitioner's pseudonym in this session
 * @param patientLabel the clinic's own words for the patient, 1 to 80 characters; never shown to the patient, never leaves
 * @param minutes planned length, 5 to 240
 * @param endedAt when it was ended or cancelled
 */
public record VideoSession(UUID id, String room, String hostId, String hostInRoom, String patientLabel,
        Instant startsAt,
        int minutes, SessionState state, Optional<Instant> endedAt, Participant patient) {

    /** The session is over, or the patient was turned away from it. */
    public static final Problem CLOSED = new Problem("session-closed", "The session is over", 409);

    /** How long after its planned end a session can still be entered. */
    static final Duration OVERTIME = Duration.ofHours(2);

    /** How long it is planned to take. */
    public Duration length() {
        return Duration.ofMinutes(minutes);
    }

    /** When it is planned to be over. */
    public Instant plannedEnd() {
        return startsAt.plus(length());
    }

    /** When the link stops working. */
    public Instant closesAt() {
        return plannedEnd().plus(OVERTIME);
    }

    /** When it ends by itself: once nobody can enter any more, but a conversation that is under way then only after as long again. */
    public Instant endsAt() {
        return patient.admission().isTalking() ? closesAt().plus(OVERTIME) : closesAt();
    }

    /** This session, unless it is over. @throws ProblemException {@link #CLOSED} */
    public VideoSession requireOpen() {
        if (state.isOver()) {
            throw closed();
        }
        return this;
    }

    /** This session, unless it is over for the patient, who may also have been turned away. @throws ProblemException {@link #CLOSED} */
    public VideoSession requireOpenToPatient() {
        if (patient.admission().isOver()) {
            throw closed();
        }
        return requireOpen();
    }

    private ProblemException closed() {
        return new ProblemException(CLOSED, "Session '" + id + "' is over; right would be a new one");
    }

    /** After something has happened to the patient; letting in opens the session. */
    public VideoSession on(AdmissionEvent event, Instant now) {
        var next = patient.on(event, now);
        var opened = next.admission().mayTalk() && state == SessionState.SCHEDULED ? SessionState.OPEN : state;
        return new VideoSession(id, room, hostId, hostInRoom, patientLabel, startsAt, minutes, opened, endedAt, next);
    }

    /** With another state of the patient, or with somebody else in their place. */
    public VideoSession with(Participant changed) {
        return new VideoSession(id, room, hostId, hostInRoom, patientLabel, startsAt, minutes, state, endedAt, changed);
    }

    /** Over for everyone. */
    public VideoSession over(SessionState how, Instant now) {
        return new VideoSession(id, room, hostId, hostInRoom, patientLabel, startsAt, minutes, how, Optional.of(now),
                patient.on(AdmissionEvent.SESSION_OVER, now));
    }
}
