// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.link.Links;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectErasure;
import org.sluse.subject.SubjectExport;
import org.sluse.subject.SubjectExport.Part;
import org.sluse.video.VideoData;
import org.sluse.video.admission.Participant;

/**
 * What video keeps about one person. It knows nobody from one session to the next but by the clinic's own words for them, so these are an id here, beside those of a session and of a
 * participant. Words that two people share mean both.
 */
@Dependent
public final class SessionSubjects implements SubjectData {

    /**
     * @param session the column by which a row is found to be of a session
     * @param participant the same of one of its people; empty when it is nobody's alone
     * @param key the column of the primary key
     */
    private record Table(String name, String session, String participant, String key) {}

    private static final List<Table> TABLES = List.of(new Table("session", "id", "", "id"),
            new Table("participant", "session_id", "id", "id"),
            new Table("experience", "session_id", "participant_id", "id"),
            new Table("ticket", "session_id", "participant_id", "hash"),
            new Table("session_room", "session_id", "", "session_id"));

    private final TenantDatabase database;
    private final VideoSessionStore store;
    private final Links links;
    private final SessionListener listener;
    private final Clock clock;

    @Inject
    SessionSubjects(TenantDatabase database, VideoSessionStore store, Links links, SessionListener listener,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.links = links;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * What is somebody's in one session: all of it for the patient for whom it was planned, and for anybody else what is of them alone.
     *
     * @param who empty for the whole session
     */
    private record Share(VideoSession session, Optional<Participant> who) {

        static Stream<Share> of(VideoSession session, String idOrWords) {
            return session.id().toString().equals(idOrWords) || session.patientLabel().equalsIgnoreCase(idOrWords)
                    || session.patient().isKnownAs(idOrWords)
                            ? Stream.of(new Share(session, Optional.empty()))
                            : session.people()
                                    .stream()
                                    .filter(each -> each.isKnownAs(idOrWords))
                                    .map(each -> new Share(session, Optional.of(each)));
        }

        /** Under which the audit trail has whose this is. */
        Stream<String> ids() {
            return who.map(one -> Stream.of(one.id().toString()))
                    .orElseGet(() -> Stream.concat(Stream.of(session.id().toString()),
                            session.people().stream().map(each -> each.id().toString())));
        }
    }

    @Override
    public SubjectExport export(String id) {
        return database.inTransaction(AuditEntry.list("VideoSession"), tx -> {
            var shares = shares(tx, id);
            shares.forEach(share -> tx.record(AuditEntry.read("VideoSession", share.session().id().toString())));
            return shares.isEmpty()
                    ? SubjectExport.NOTHING
                    : new SubjectExport(ids(shares), parts(tx, shares), List.of());
        });
    }

    /** Whoever is in what is not over is sent away first. */
    @Override
    public SubjectErasure erase(String id, boolean dryRun) {
        var entry = dryRun ? AuditEntry.list("VideoSession") : AuditEntry.of(AuditAction.DELETE, "VideoSession", "*");
        return database.inTransaction(entry, tx -> {
            var shares = shares(tx, id);
            if (shares.isEmpty()) {
                return SubjectErasure.NOTHING;
            }
            Map<String, Integer> rows = new HashMap<>();
            parts(tx, shares).stream()
                    .filter(part -> !part.rows().isEmpty())
                    .forEach(part -> rows.put(part.table(), part.rows().size()));
            if (!dryRun) {
                shares.forEach(share -> share.who()
                        .ifPresentOrElse(one -> erase(tx, share.session(), one), () -> erase(tx, share.session())));
            }
            return new SubjectErasure(ids(shares), rows, List.of());
        });
    }

    private void erase(Transaction tx, VideoSession session) {
        session.people().forEach(each -> links.withdraw(tx, each.id().toString()));
        if (!session.state().isOver()) {
            var over = session.over(SessionState.CANCELLED, clock.instant());
            tx.afterCommit(() -> listener.over(over));
        }
        tx.record(AuditEntry.of(AuditAction.DELETE, "VideoSession", session.id().toString()));
        store.delete(tx, session.id());
    }

    private void erase(Transaction tx, VideoSession session, Participant who) {
        links.withdraw(tx, who.id().toString());
        tx.record(AuditEntry.of(AuditAction.DELETE, "Participant", who.id().toString()));
        var without = session.without(who);
        store.update(tx, without);
        tx.afterCommit(() -> listener.withdrawn(without, who.inRoom()));
    }

    private List<Share> shares(Transaction tx, String id) {
        var idOrWords = id.strip();
        return store.ofSubject(tx, idOrWords).stream().flatMap(session -> Share.of(session, idOrWords)).toList();
    }

    private static Set<String> ids(List<Share> shares) {
        return shares.stream().flatMap(Share::ids).collect(Collectors.toSet());
    }

    private static List<Part> parts(Transaction tx, List<Share> shares) {
        return TABLES.stream()
                .map(table -> new Part(table.name(), shares.stream()
                        .flatMap(share -> rows(tx, table, share).stream())
                        .toList()))
                .toList();
    }

    /** Each session has a seal of its own. */
    private static List<Map<String, String>> rows(Transaction tx, Table table, Share share) {
        var session = share.session().id();
        var isOfOne = share.who().isPresent();
        if (isOfOne && table.participant().isEmpty()) {
            return List.of();
        }
        var condition = (isOfOne ? table.participant() : table.session()) + " = any(:ids)";
        var id = share.who().map(Participant::id).orElse(session);
        return Part.read(tx.handle(), table.name(), condition, UUID.class, List.of(id))
                .opened(tx.sealOf(session.toString()), VideoData.MAP.find(table.name()).orElseThrow(),
                        List.of(table.key()))
                .rows();
    }
}
