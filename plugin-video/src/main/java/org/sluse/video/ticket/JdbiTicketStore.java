// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.ticket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Transaction;

/** Tickets in PostgreSQL. */
final class JdbiTicketStore implements TicketStore {

    @Override
    public void add(Transaction tx, byte[] hash, TicketHolder holder, Instant expires) {
        switch (holder) {
            case TicketHolder.Guest guest -> insert(tx, hash, "GUEST", guest.sessionId(), guest.participantId(),
                    guest.staffId().orElse(null), expires);
            case TicketHolder.Host host -> insert(tx, hash, "HOST", host.sessionId(), null, host.staffId(), expires);
            case TicketHolder.Today today -> insert(tx, hash, "TODAY", null, null, today.staffId(), expires);
        }
    }

    private static void insert(Transaction tx, byte[] hash, String kind, @Nullable UUID session,
            @Nullable UUID participant, @Nullable String staff, Instant expires) {
        tx.handle()
                .createUpdate("""
                        insert into ticket (hash, kind, session_id, participant_id, staff_id, expires_at)
                        values (:hash, :kind, :session, :participant, :staff, :expires)""")
                .bind("hash", hash)
                .bind("kind", kind)
                .bindBySqlType("session", session, java.sql.Types.OTHER)
                .bindBySqlType("participant", participant, java.sql.Types.OTHER)
                .bind("staff", staff)
                .bind("expires", Timestamp.from(expires))
                .execute();
    }

    @Override
    public Optional<TicketHolder> take(Transaction tx, byte[] hash, Instant now) {
        return tx.handle()
                .createQuery(
                        "delete from ticket where hash = :hash and expires_at > :now returning kind, session_id, participant_id, staff_id")
                .bind("hash", hash)
                .bind("now", Timestamp.from(now))
                .map(JdbiTicketStore::holder)
                .findOne();
    }

    private static TicketHolder holder(ResultSet row, StatementContext context) throws SQLException {
        return switch (row.getString(1)) {
            case "GUEST" -> new TicketHolder.Guest(row.getObject(2, UUID.class), row.getObject(3, UUID.class),
                    Optional.ofNullable(row.getString(4)));
            case "HOST" -> new TicketHolder.Host(row.getObject(2, UUID.class), row.getString(4));
            default -> new TicketHolder.Today(row.getString(4));
        };
    }
}
