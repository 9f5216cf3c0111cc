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
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.timer.Timers;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.Participant.Who;
import org.sluse.video.admission.ParticipantRole;

/** What a practitioner does with sessions. Everybody sees only those that they host; any other is as if it did not exist. */
@Dependent
public final class VideoSessions {

    private static final String TYPE = "VideoSession";
    private static final Duration FARTHEST = Duration.ofDays(730);
    private static final Duration LONGEST_LIST = Duration.ofDays(62);

    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final Links links;
    private final TenantContext context;
    private final Ids ids;
    private final Clock clock;
    private final SessionListener listener;
    private final Timers timers;

    @Inject
    public VideoSessions(TenantDatabase database, VideoSessionStore store, Links links, TenantContext context, Ids ids,
            Clock clock, SessionListener listener, Timers timers) {
        this.database = database;
        this.store = store;
        this.links = links;
        this.context = context;
        this.ids = ids;
        this.clock = clock;
        this.listener = listener;
        this.timers = timers;
    }

    /** Plans a session of the acting practitioner and makes the patient's link. */
    public SessionView schedule(ScheduleSession wanted) {
        var plan = wanted.plan();
        var patient = invited(Who.guest(ParticipantRole.PATIENT, plan.patientLabel()), plan.displayName());
        if (plan.startsAt().isAfter(clock.instant().plus(FARTHEST))) {
            throw ProblemException.notAllowed("/startsAt", "too-far",
                    "The session would be in more than two years; right would be an earlier time");
        }
        var session = new VideoSession(ids.next(), ids.token(), context.actor().id(), ids.token(), plan.patientLabel(),
                plan.startsAt(), plan.minutes(), SessionState.SCHEDULED, Optional.empty(), List.of(patient));
        if (!clock.instant().isBefore(session.closesAt())) {
            throw ProblemException.notAllowed("/startsAt", "in-the-past",
                    "The session would be over already; right would be a later time");
        }
        return database.inTransaction(entry(AuditAction.CREATE, session.id()), tx -> {
            store.add(tx, session);
            tx.afterCommit(() -> timers.wake(OverdueSessions.NAME));
            return SessionView.of(session, Optional.of(link(tx, session, patient)));
        });
    }

    /** The acting practitioner's sessions that start in the span, at most 62 days. */
    public List<SessionView> list(Instant from, Instant to) {
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_LIST) > 0) {
            throw ProblemException.notAllowed("/to", "out-of-bounds",
                    "The span is not valid; right would be 'from' before 'to', at most 62 days");
        }
        return database.inTransaction(AuditEntry.list(TYPE),
                tx -> store.ofStaff(tx, context.actor().id(), from, to)
                        .stream()
                        .map(each -> SessionView.of(each, Optional.empty()))
                        .toList());
    }

    /** One session of the acting practitioner. */
    public SessionView get(UUID id) {
        return database.inTransaction(AuditEntry.read(TYPE, id.toString()),
                tx -> SessionView.of(own(tx, id), Optional.empty()));
    }

    /**
     * A new link for the patient, who begins anew with it. Link, tickets, socket and join token of whoever came by the old one end:
     * that may have been somebody else.
     */
    public SessionView inviteAgain(UUID id) {
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var before = own(tx, id).requireOpen();
            var old = before.patient();
            links.withdraw(tx, old.id().toString());
            var again = invited(old.who(), old.displayName());
            var session = before.instead(old.id(), again);
            store.update(tx, session);
            tx.afterCommit(() -> listener.withdrawn(session, old.inRoom()));
            return SessionView.of(session, Optional.of(link(tx, session, again)));
        });
    }

    /** The session will not take place; a patient who waits is told. */
    public SessionView cancel(UUID id) {
        return finish(id, SessionState.CANCELLED);
    }

    /** The session is over for everyone. */
    public SessionView end(UUID id) {
        return finish(id, SessionState.ENDED);
    }

    private SessionView finish(UUID id, SessionState how) {
        return database.inTransaction(entry(AuditAction.CHANGE, id), tx -> {
            var session = own(tx, id);
            if (session.state().isOver()) {
                return SessionView.of(session, Optional.empty());
            }
            var over = session.over(how, clock.instant());
            store.update(tx, over);
            tx.afterCommit(() -> listener.over(over));
            return SessionView.of(over, Optional.empty());
        });
    }

    private Participant invited(Who who, DisplayName name) {
        return Participant.invited(ids.next(), ids.token(), who, name);
    }

    private String link(Transaction tx, VideoSession session, Participant to) {
        var code = links.issue(tx, to.id().toString(), session.closesAt());
        return "/" + context.tenant().id() + "/j#" + code;
    }

    private VideoSession own(Transaction tx, UUID id) {
        return store.find(tx, id)
                .filter(session -> session.hostId().equals(context.actor().id()))
                .orElseThrow(ProblemException::notFound);
    }

    private static AuditEntry entry(AuditAction action, UUID id) {
        return AuditEntry.of(action, TYPE, id.toString());
    }
}
