// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.ticket;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.video.admission.Participant;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;

/** Issues and spends tickets. */
@Dependent
public final class Tickets {

    private static final Duration LIFE = Duration.ofSeconds(90);

    private final TenantDatabase database;
    private final JdbiTicketStore tickets = new JdbiTicketStore();
    private final VideoSessionStore sessions;
    private final TenantContext context;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public Tickets(TenantDatabase database, VideoSessionStore sessions, TenantContext context, Ids ids, Clock clock) {
        this.database = database;
        this.sessions = sessions;
        this.context = context;
        this.ids = ids;
        this.clock = clock;
    }

    /** A ticket, shown once. */
    public record Ticket(String ticket, int expiresInSeconds) {}

    /** For the socket of somebody who came by their link, in the caller's transaction. */
    public Ticket forGuest(Transaction tx, VideoSession session, Participant who) {
        return issue(tx, new TicketHolder.Guest(session.id(), who.id(), Optional.empty()));
    }

    /** For the call page of a session that the acting practitioner hosts, or to which they are invited as a co-host. */
    public Ticket forDesk(UUID sessionId) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Ticket", sessionId.toString()), tx -> {
            var staff = context.actor().id();
            var session = sessions.find(tx, sessionId).orElseThrow(ProblemException::notFound);
            var holder = session.hostId().equals(staff)
                    ? new TicketHolder.Host(sessionId, staff)
                    : session.coHost(staff)
                            .map(coHost -> new TicketHolder.Guest(sessionId, coHost.id(), Optional.of(staff)))
                            .orElseThrow(ProblemException::notFound);
            session.requireOpen();
            return issue(tx, holder);
        });
    }

    /** For the waiting room of the acting practitioner's sessions. */
    public Ticket forToday() {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Ticket", "today"),
                tx -> issue(tx, new TicketHolder.Today(context.actor().id())));
    }

    /**
     * Spends a ticket. One of a practitioner's is good only where they are still signed in: the actor is then the one for whom it was issued. One of anybody else is good in the browser that holds their link.
     *
     * @param held the participants whose links the browser holds
     * @throws ProblemException when it is wrong, spent, too old or somebody else's
     */
    public TicketHolder spend(String ticket, Set<String> held) {
        var signIn = AuditEntry.of(AuditAction.SIGN_IN, "Ticket", "*");
        try {
            return database.inTransaction(signIn,
                    tx -> tickets.take(tx, hash(ticket), clock.instant())
                            .filter(holder -> isWhoAsks(holder, held))
                            .orElseThrow(() -> new ProblemException(Problem.FORBIDDEN,
                                    "The ticket is wrong, spent, too old or somebody else's; right would be a new one")));
        } catch (ProblemException refused) {
            if (refused.problem().equals(Problem.FORBIDDEN)) {
                // It is spent all the same.
                database.inTransaction(signIn.refused("ticket-refused"),
                        tx -> tickets.take(tx, hash(ticket), clock.instant()));
            }
            throw refused;
        }
    }

    private boolean isWhoAsks(TicketHolder holder, Set<String> held) {
        return switch (holder) {
            case TicketHolder.Guest guest -> guest.staffId()
                    .map(this::isStaff)
                    .orElseGet(() -> held.contains(guest.participantId().toString()));
            case TicketHolder.Host host -> isStaff(host.staffId());
            case TicketHolder.Today today -> isStaff(today.staffId());
        };
    }

    private boolean isStaff(String id) {
        return context.actor().kind() == Actor.Kind.STAFF && context.actor().id().equals(id);
    }

    private Ticket issue(Transaction tx, TicketHolder holder) {
        var ticket = ids.token();
        tickets.add(tx, hash(ticket), holder, clock.instant().plus(LIFE));
        return new Ticket(ticket, (int) LIFE.toSeconds());
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}
