// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.invitation;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.sluse.actor.Staff;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.quality.ExperienceStore;
import org.sluse.video.quality.Rating;
import org.sluse.video.session.SessionListener;
import org.sluse.video.session.VideoSession;
import org.sluse.video.session.VideoSessionStore;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.ticket.Tickets;

/** What the holder of a link does before the waiting room. */
@Dependent
public final class Invitations {

    /** The appointment is later; the times are in the invitation. */
    public static final Problem TOO_EARLY = new Problem("too-early", "The waiting room is not open yet", 409);

    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final ExperienceStore experiences;
    private final Links links;
    private final Tickets tickets;
    private final ProviderRooms rooms;
    private final Staff staff;
    private final SessionListener listener;
    private final Settings<VideoSettings> settings;
    private final TenantContext context;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public Invitations(TenantDatabase database, VideoSessionStore store, ExperienceStore experiences, Links links,
            Tickets tickets, ProviderRooms rooms, Staff staff, SessionListener listener,
            Settings<VideoSettings> settings, TenantContext context, Ids ids, Clock clock) {
        this.database = database;
        this.store = store;
        this.experiences = experiences;
        this.links = links;
        this.tickets = tickets;
        this.rooms = rooms;
        this.staff = staff;
        this.listener = listener;
        this.settings = settings;
        this.context = context;
        this.ids = ids;
        this.clock = clock;
    }

    /** What an exchange gives: the answer, and the cookie that goes with it. */
    record Exchanged(InvitationView view, String cookie) {}

    Exchanged exchange(String code, String cookies) {
        var held = links.exchange(code, cookies);
        var session = database.inTransaction(AuditEntry.read("Invitation", held.objectId()),
                tx -> find(tx, held.objectId()));
        return new Exchanged(view(session, session.get(UUID.fromString(held.objectId())), held.linkId()),
                held.cookie());
    }

    /**
     * Somebody whose link another browser holds asks for another. The host learns of it, unless the code was never issued, its session is over, or its holder is there; whoever asks learns nothing of that.
     */
    void ask(String code) {
        var asking = links.objectOf(code).map(UUID::fromString);
        var entry = AuditEntry.of(AuditAction.CREATE, "LinkRequest", asking.map(UUID::toString).orElse("*"));
        database.inTransaction(asking.isPresent() ? entry : entry.refused("link-not-in-use"), tx -> {
            asking.flatMap(id -> store.findByParticipant(tx, id)
                    .filter(session -> !session.state().isOver())
                    .filter(session -> session.get(id).admission() == Admission.INVITED)
                    .map(session -> session.with(session.get(id).asked(clock.instant()))))
                    .ifPresent(session -> {
                        store.update(tx, session);
                        tx.afterCommit(() -> listener.changed(session));
                    });
            return entry;
        });
    }

    void showAs(DisplayName name) {
        var id = context.actor().id();
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Invitation", id), tx -> {
            var session = find(tx, id);
            var who = session.get(UUID.fromString(id));
            store.update(tx, session.requireOpenTo(who).with(who.shownAs(name)));
            return session.id();
        });
    }

    /** The appointment for the guest's own calendar. @param language nb, de or en @throws ProblemException when the session is over */
    CalendarFile calendar(String language) {
        var id = context.actor().id();
        var words = CalendarWords.in(language);
        var phone = settings.get().clinicPhone();
        var session = database.inTransaction(AuditEntry.read("Invitation", id), tx -> {
            var found = find(tx, id);
            return found.requireOpenTo(found.get(UUID.fromString(id)));
        });
        return new CalendarFile(ids.token(), clock.instant(), session.startsAt(), session.plannedEnd(),
                words.summary(), words.description(phone));
    }

    Tickets.Ticket ticket() {
        var id = context.actor().id();
        var early = early();
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Ticket", id), tx -> {
            var session = find(tx, id);
            var who = session.get(UUID.fromString(id));
            session.requireOpenTo(who);
            if (clock.instant().isBefore(session.startsAt().minus(early))) {
                throw new ProblemException(TOO_EARLY,
                        "The waiting room of session '" + session.id() + "' is not open yet; right would be later");
            }
            return tickets.forGuest(tx, session, who);
        });
    }

    /** What the guest says of picture and sound, also after the end; the newest counts. */
    void rate(Rating rating) {
        var id = context.actor().id();
        database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Invitation", id), tx -> {
            var session = find(tx, id);
            experiences.keep(tx, session.id(), UUID.fromString(id), rating);
            return session.id();
        });
    }

    private VideoSession find(Transaction tx, String participantId) {
        return store.findByParticipant(tx, UUID.fromString(participantId)).orElseThrow(ProblemException::notFound);
    }

    private InvitationView view(VideoSession session, Participant who, String link) {
        var now = settings.get();
        return new InvitationView(link, context.tenant().name(), staff.find(session.hostId()).map(Staff.Member::name),
                session.startsAt(),
                session.minutes(), session.startsAt().minus(early()), clock.instant(), session.state(),
                who.admission(), who.role(), who.displayName().value(), now.clinicPhone(), now.isRelayed(),
                rooms.recipients(rooms.find(session.id())).stream().map(InvitationView.RecipientView::of).toList());
    }

    private Duration early() {
        return Duration.ofMinutes(settings.get().earlyMinutes());
    }
}
