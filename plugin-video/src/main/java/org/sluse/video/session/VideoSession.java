// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.session.SessionTime.Plan;

/**
 * An appointment on video between a practitioner and whoever is invited to it.
 *
 * @param room pseudonym of the session in tokens; random, not derived, not reused
 * @param hostId the practitioner in the clinic's list of people
 * @param hostInRoom the practitioner's pseudonym in this session
 * @param patientLabel the clinic's own words for the patient for whom it was planned, 1 to 80 characters; never shown to anybody outside, never leaves
 * @param minutes planned length, 5 to 240
 * @param endedAt when it was ended or cancelled
 * @param people who is invited, in order; the first is the patient for whom it was planned
 */
public record VideoSession(UUID id, String room, String hostId, String hostInRoom, String patientLabel,
        Instant startsAt, int minutes, SessionState state, Optional<Instant> endedAt, List<Participant> people) {

    /** The session is over, or whoever asks was turned away from it. */
    public static final Problem CLOSED = new Problem("session-closed", "The session is over", 409);

    /** As many as can be invited to one session. */
    public static final int MOST_INVITED = 12;

    /** As many as can talk with each other, the host among them: each browser sends to each other one, and more than three are too many for a phone. */
    public static final int MOST_TALKING = 4;

    /** How long after its planned end a session can still be entered. */
    static final Duration OVERTIME = Duration.ofHours(2);

    public VideoSession {
        people = List.copyOf(people);
        if (people.isEmpty() || people.size() > MOST_INVITED) {
            throw new IllegalArgumentException("Session '" + id + "' has " + people.size()
                    + " people; right would be 1 to " + MOST_INVITED);
        }
    }

    /** How long it is planned to take. */
    public Duration length() {
        return Duration.ofMinutes(minutes);
    }

    /** When it is planned to be over. */
    public Instant plannedEnd() {
        return startsAt.plus(length());
    }

    /** When the links stop working. */
    public Instant closesAt() {
        return plannedEnd().plus(OVERTIME);
    }

    /** When it ends by itself: once nobody can enter any more, but a conversation that is under way then only after as long again. */
    public Instant endsAt() {
        return people.stream().anyMatch(each -> each.admission().isTalking()) ? latestEnd() : closesAt();
    }

    /** When it has ended by itself, whatever is under way. */
    public Instant latestEnd() {
        return closesAt().plus(OVERTIME);
    }

    // ---- Who is in it ----

    /** The patient for whom it was planned. */
    public Participant patient() {
        return people.getFirst();
    }

    /** @throws ProblemException {@link Problem#NOT_FOUND} when nobody in it has this id (any more): a link may be withdrawn since */
    public Participant get(UUID participantId) {
        return people.stream()
                .filter(each -> each.id().equals(participantId))
                .findFirst()
                .orElseThrow(ProblemException::notFound);
    }

    /** Whoever has this pseudonym; empty for the host's, and for one that is no longer in use. */
    public Optional<Participant> find(String inRoom) {
        return people.stream().filter(each -> each.inRoom().equals(inRoom)).findFirst();
    }

    /** As {@link #find}. @throws ProblemException {@link Problem#NOT_FOUND} */
    public Participant get(String inRoom) {
        return find(inRoom).orElseThrow(ProblemException::notFound);
    }

    /** The practitioner as a co-host who was not turned away; empty when they are none. */
    public Optional<Participant> coHost(String staffId) {
        return people.stream()
                .filter(each -> each.who().staffId().equals(Optional.of(staffId)))
                .filter(each -> each.admission() != Admission.DENIED)
                .findFirst();
    }

    /** Whether the practitioner may do here what the host may: they are the host, or a co-host who is in. */
    public boolean isLedBy(String staffId) {
        return hostId.equals(staffId)
                || coHost(staffId).filter(coHost -> coHost.admission().mayTalk()).isPresent();
    }

    /** Whether whoever has this pseudonym has the right to media here. */
    public boolean mayTalk(String inRoom) {
        return hostInRoom.equals(inRoom) || find(inRoom).filter(each -> each.admission().mayTalk()).isPresent();
    }

    /** Whether nobody more can be let in. The host's place is kept for them. */
    public boolean isFull() {
        return people.stream().filter(each -> each.admission().mayTalk()).count() + 1 >= MOST_TALKING;
    }

    /** Whether anybody from outside the clinic is at the device check, waits, or was let in. */
    public boolean hasGuests() {
        return guests().anyMatch(each -> each.admission() != Admission.INVITED && !each.admission().isOver());
    }

    /** Whether anybody from outside the clinic has come, though they may have left since, or was turned away. */
    private boolean hadGuests() {
        return guests().anyMatch(each -> each.admission() != Admission.INVITED || each.devices().isPresent());
    }

    private Stream<Participant> guests() {
        return people.stream().filter(each -> each.role() != ParticipantRole.CO_HOST);
    }

    /** This session, unless it is over. @throws ProblemException {@link #CLOSED} */
    public VideoSession requireOpen() {
        if (state.isOver()) {
            throw closed();
        }
        return this;
    }

    /** This session, unless it is over for this participant, who may also have been turned away. @throws ProblemException {@link #CLOSED} */
    public VideoSession requireOpenTo(Participant who) {
        if (who.admission().isOver()) {
            throw closed();
        }
        return requireOpen();
    }

    private ProblemException closed() {
        return new ProblemException(CLOSED, "Session '" + id + "' is over; right would be a new one");
    }

    /** Whether {@link #letIn} would let this one in. */
    public boolean canLetIn(Participant who) {
        return who.admission().isWaiting() && !isFull();
    }

    // ---- What changes it ----

    /** After something has happened to one of them. */
    public VideoSession on(Participant who, AdmissionEvent event, Instant now) {
        return with(who.on(event, now));
    }

    /** After something has happened to everybody. */
    public VideoSession on(AdmissionEvent event, Instant now) {
        return with(state, endedAt, people.stream().map(each -> each.on(event, now)).toList());
    }

    /** Let in by this practitioner; the same when they do not wait, or when it {@link #isFull}. */
    public VideoSession letIn(Participant who, String staffId, Instant now) {
        return isFull() ? this : with(who.letIn(staffId, now));
    }

    /** With another state of one of them. Letting in opens the session. */
    public VideoSession with(Participant changed) {
        return instead(changed.id(), changed);
    }

    /** With somebody else in the place of this one. */
    public VideoSession instead(UUID before, Participant now) {
        var opened = now.admission().mayTalk() && state == SessionState.SCHEDULED ? SessionState.OPEN : state;
        return with(opened, endedAt,
                people.stream().map(each -> each.id().equals(before) ? now : each).toList());
    }

    /** With one more. */
    public VideoSession and(Participant added) {
        return with(state, endedAt, Stream.concat(people.stream(), Stream.of(added)).toList());
    }

    /** Without one of them, who is not the first. */
    public VideoSession without(Participant gone) {
        return with(state, endedAt, people.stream().filter(each -> !each.id().equals(gone.id())).toList());
    }

    /** At another time. */
    public VideoSession at(Plan when) {
        return new VideoSession(id, room, hostId, hostInRoom, patientLabel, when.startsAt(), when.minutes(), state,
                endedAt, people);
    }

    /** Over for everyone, because its time is. */
    public VideoSession overdue(Instant now) {
        return over(state == SessionState.SCHEDULED && !hadGuests() ? SessionState.MISSED : SessionState.ENDED, now);
    }

    /** Over for everyone. */
    public VideoSession over(SessionState how, Instant now) {
        return with(how, Optional.of(now),
                people.stream().map(each -> each.on(AdmissionEvent.SESSION_OVER, now)).toList());
    }

    private VideoSession with(SessionState next, Optional<Instant> ended, List<Participant> all) {
        return new VideoSession(id, room, hostId, hostInRoom, patientLabel, startsAt, minutes, next, ended, all);
    }
}
