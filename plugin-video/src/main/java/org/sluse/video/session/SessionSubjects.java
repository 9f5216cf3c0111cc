// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

/**
 * What video keeps about one patient. It knows nobody from one session to the next but by the clinic's own words for the patient, so these are an id here, beside those of a session and of a
 * participant. Words that two patients share mean both.
 */
@Dependent
public final class SessionSubjects implements SubjectData {

    /** @param session the column by which a row is found to be of a session @param key the column of the primary key */
    private record Table(String name, String session, String key) {}

    private static final List<Table> TABLES = List.of(new Table("session", "id", "id"),
            new Table("participant", "session_id", "id"), new Table("ticket", "session_id", "hash"));

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

    @Override
    public SubjectExport export(String id) {
        return database.inTransaction(AuditEntry.list("VideoSession"), tx -> {
            var sessions = sessions(tx, id);
            sessions.forEach(session -> tx.record(AuditEntry.read("VideoSession", session.id().toString())));
            return sessions.isEmpty()
                    ? SubjectExport.NOTHING
                    : new SubjectExport(ids(sessions), parts(tx, sessions), List.of());
        });
    }

    /** A session that is not over is cancelled first: whoever is in it is sent away. */
    @Override
    public SubjectErasure erase(String id, boolean dryRun) {
        var entry = dryRun ? AuditEntry.list("VideoSession") : AuditEntry.of(AuditAction.DELETE, "VideoSession", "*");
        return database.inTransaction(entry, tx -> {
            var sessions = sessions(tx, id);
            if (sessions.isEmpty()) {
                return SubjectErasure.NOTHING;
            }
            Map<String, Integer> rows = new HashMap<>();
            parts(tx, sessions).stream()
                    .filter(part -> !part.rows().isEmpty())
                    .forEach(part -> rows.put(part.table(), part.rows().size()));
            if (!dryRun) {
                sessions.forEach(session -> erase(tx, session));
            }
            return new SubjectErasure(ids(sessions), rows, List.of());
        });
    }

    private void erase(Transaction tx, VideoSession session) {
        links.withdraw(tx, session.patient().id().toString());
        if (!session.state().isOver()) {
            var over = session.over(SessionState.CANCELLED, clock.instant());
            tx.afterCommit(() -> listener.over(over));
        }
        tx.record(AuditEntry.of(AuditAction.DELETE, "VideoSession", session.id().toString()));
        store.delete(tx, session.id());
    }

    private List<VideoSession> sessions(Transaction tx, String id) {
        return store.ofSubject(tx, id.strip());
    }

    private static Set<String> ids(List<VideoSession> sessions) {
        var ids = new HashSet<String>();
        sessions.forEach(session -> {
            ids.add(session.id().toString());
            ids.add(session.patient().id().toString());
        });
        return ids;
    }

    private static List<Part> parts(Transaction tx, List<VideoSession> sessions) {
        return TABLES.stream()
                .map(table -> new Part(table.name(), sessions.stream()
                        .flatMap(one -> rows(tx, table, one.id()).stream())
                        .toList()))
                .toList();
    }

    /** Each session has a seal of its own. */
    private static List<Map<String, String>> rows(Transaction tx, Table table, UUID session) {
        return Part.read(tx.handle(), table.name(), table.session() + " = any(:ids)", UUID.class, List.of(session))
                .opened(tx.sealOf(session.toString()), VideoData.MAP.find(table.name()).orElseThrow(),
                        List.of(table.key()))
                .rows();
    }
}
