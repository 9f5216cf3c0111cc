// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.timer.Timers;
import org.sluse.video.admission.AdmissionEvent;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.Participant.Who;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.quality.ExperienceStore;

/** What a practitioner does with sessions. Everybody sees only those that they host, and those to which they are invited as a co-host; any other is as if it did not exist. */
@Dependent
public final class VideoSessions {

    /** A session has as many people as can be invited. */
    public static final Problem TOO_MANY = new Problem("too-many-people", "Nobody more can be invited", 409);

    /** Somebody was let in already: what was planned takes place. */
    public static final Problem BEGUN = new Problem("session-begun", "The session has begun", 409);

    /** Nobody can be missed who is here, or before the time. */
    public static final Problem NOT_MISSED = new Problem("not-missed", "The session is not missed", 409);

    private static final String TYPE = "VideoSession";
    private static final Duration LONGEST_LIST = Duration.ofDays(62);

    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final ExperienceStore experiences;
    private final Links links;
    private final TenantContext context;
    private final Ids ids;
    private final Clock clock;
    private final SessionListener listener;
    private final Timers timers;
    private final Staff staff;

    @Inject
    public VideoSessions(TenantDatabase database, VideoSessionStore store, ExperienceStore experiences, Links links,
            TenantContext context, Ids ids, Clock clock, SessionListener listener, Timers timers, Staff staff) {
        this.database = database;
        this.store = store;
        this.experiences = experiences;
        this.links = links;
        this.context = context;
        this.ids = ids;
        this.clock = clock;
        this.listener = listener;
        this.timers = timers;
        this.staff = staff;
    }

    /** Plans a session of the acting practitioner and makes the patient's link. */
    public SessionView schedule(ScheduleSession wanted) {
        var plan = wanted.plan(clock.instant());
        var patient = invited(Who.guest(ParticipantRole.PATIENT, plan.patientLabel()), plan.displayName());
        var session = new VideoSession(ids.next(), ids.token(), context.actor().id(), ids.token(), plan.patientLabel(),
                plan.when().startsAt(), plan.when().minutes(), SessionState.SCHEDULED, Optional.empty(),
                List.of(patient));
        return database.inTransaction(entry(AuditAction.CREATE, session.id()), tx -> {
            store.add(tx, session);
            tx.afterCommit(() -> timers.wake(OverdueSessions.NAME));
            return view(session, Optional.of(link(tx, session, patient)));
        });
    }

    /** The sessions that start in the span, at most 62 days, and that the acting practitioner hosts or is invited to as a co-host. */
    public List<SessionView> list(Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_LIST) > 0) {
            throw ProblemException.notAllowed("/to", "out-of-bounds",
                    "The span is not valid; right would be 'from' before 'to', at most 62 days");
        }
        return database.inTransaction(AuditEntry.list(TYPE),
                tx -> store.ofStaff(tx, context.actor().id(), from, to)
                        .stream()
                        .map(each -> view(each, Optional.empty()))
                        .toList());
    }

    /** One session that the acting practitioner hosts, or to which they are invited as a co-host. */
    public SessionView get(UUID id) {
        return database.inTransaction(AuditEntry.read(TYPE, id.toString()), tx -> {
            var me = context.actor().id();
            var session = store.find(tx, id)
                    .filter(found -> found.hostId().equals(me) || found.coHost(me).isPresent())
                    .orElseThrow(ProblemException::notFound);
            return SessionView.of(session, me, Optional.empty(), experiences.of(tx, id));
        });
    }

    /** Invites one more, with a link of their own. A co-host's is the session's page, where they sign in as ever: whoever else has it does nothing with it. */
    public SessionView invite(UUID id, InviteParticipant wanted) {
        var plan = wanted.plan(staff);
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var before = own(tx, id).requireOpen();
            if (before.people().size() >= VideoSession.MOST_INVITED) {
                throw new ProblemException(TOO_MANY, "Session '" + id + "' has " + before.people().size()
                        + " people; right would be at most " + VideoSession.MOST_INVITED);
            }
            plan.who().staffId().filter(each -> isIn(before, each)).ifPresent(already -> {
                throw ProblemException.notAllowed("/staffId", "already-invited",
                        "This practitioner is in the session already; right would be another one");
            });
            var guest = invited(plan.who(), plan.name());
            var session = before.and(guest);
            store.update(tx, session);
            return view(session, Optional.of(link(tx, session, guest)));
        });
    }

    private static boolean isIn(VideoSession session, String staffId) {
        return session.hostId().equals(staffId)
                || session.people().stream().anyMatch(each -> each.who().staffId().equals(Optional.of(staffId)));
    }

    /** {@link #inviteAgain(UUID, String)} of the patient for whom the session was planned. */
    public SessionView inviteAgain(UUID id) {
        return inviteAgain(id, VideoSession::patient);
    }

    /**
     * A new link for one of its people, who begins anew with it. Link, tickets, socket and join token of whoever came by the old one end:
     * that may have been somebody else.
     */
    public SessionView inviteAgain(UUID id, String inRoom) {
        return inviteAgain(id, session -> session.get(inRoom));
    }

    private SessionView inviteAgain(UUID id, Function<VideoSession, Participant> whom) {
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var before = own(tx, id).requireOpen();
            var old = whom.apply(before);
            links.withdraw(tx, old.id().toString());
            var again = invited(old.who(), old.displayName());
            var session = before.instead(old.id(), again);
            store.update(tx, session);
            tx.afterCommit(() -> listener.withdrawn(session, old.inRoom()));
            return view(session, Optional.of(link(tx, session, again)));
        });
    }

    /** Turns one of its people away, wherever they are, also one who has only been invited; the others are not touched. A new link invites them again. */
    public SessionView turnAway(UUID id, String inRoom) {
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var before = own(tx, id);
            var session = before.on(before.get(inRoom), AdmissionEvent.TURNED_AWAY, clock.instant());
            store.update(tx, session);
            tx.afterCommit(() -> listener.turnedAway(session, inRoom));
            return view(session, Optional.empty());
        });
    }

    /** Plans it for another time, until somebody was let in. The links that people have go on working; whoever waits is told, and may stay. */
    public SessionView move(UUID id, SessionTime wanted) {
        var when = wanted.plan(clock.instant());
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var before = own(tx, id).requireOpen();
            if (before.state() != SessionState.SCHEDULED) {
                throw new ProblemException(BEGUN,
                        "Session '" + id + "' has begun; right would be to plan another one");
            }
            var session = before.at(when);
            store.update(tx, session);
            session.people().forEach(each -> links.reschedule(tx, each.id().toString(), session.closesAt()));
            tx.afterCommit(() -> {
                timers.wake(OverdueSessions.NAME);
                listener.changed(session);
            });
            return view(session, Optional.empty());
        });
    }

    /** Nobody came. */
    public SessionView miss(UUID id) {
        return finish(id, SessionState.MISSED, session -> {
            if (session.state() != SessionState.SCHEDULED || session.hasGuests()) {
                throw new ProblemException(NOT_MISSED,
                        "Somebody has come to session '" + id + "'; right would be to end it");
            }
            if (clock.instant().isBefore(session.startsAt())) {
                throw new ProblemException(NOT_MISSED,
                        "Session '" + id + "' has not begun; right would be to move or to cancel it");
            }
        });
    }

    /** The session will not take place; a patient who waits is told. */
    public SessionView cancel(UUID id) {
        return finish(id, SessionState.CANCELLED, any -> {});
    }

    /** The session is over for everyone. */
    public SessionView end(UUID id) {
        return finish(id, SessionState.ENDED, any -> {});
    }

    private SessionView finish(UUID id, SessionState how, Consumer<VideoSession> unless) {
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var session = own(tx, id);
            if (session.state().isOver()) {
                return view(session, Optional.empty());
            }
            unless.accept(session);
            var over = session.over(how, clock.instant());
            store.update(tx, over);
            tx.afterCommit(() -> listener.over(over));
            return view(over, Optional.empty());
        });
    }

    private Participant invited(Who who, DisplayName name) {
        return Participant.invited(ids.next(), ids.token(), who, name);
    }

    private SessionView view(VideoSession session, Optional<String> invitation) {
        return SessionView.of(session, context.actor().id(), invitation);
    }

    private String link(Transaction tx, VideoSession session, Participant to) {
        if (to.role() == ParticipantRole.CO_HOST) {
            return "/" + context.tenant().id() + "/sessions/" + session.id();
        }
        var code = links.issue(tx, to.id().toString(), session.closesAt());
        return "/" + context.tenant().id() + "/j#" + code;
    }

    private VideoSession own(Transaction tx, UUID id) {
        return store.find(tx, id)
                .filter(session -> session.isLedBy(context.actor().id()))
                .orElseThrow(ProblemException::notFound);
    }

    private static AuditEntry entry(AuditAction action, UUID id) {
        return AuditEntry.of(action, TYPE, id.toString());
    }
}
