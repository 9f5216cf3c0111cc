// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.data.Transaction;
import org.sluse.secret.Secret;
import org.sluse.video.settings.VideoProvider;

/** Rooms in PostgreSQL, and which session has which. The right of the host is sealed under the room's id. */
final class JdbiProviderRoomStore {

    private static final String SELECT = """
            select r.id, r.provider, r.path, r.external_id, r.address, r.host_key, r.ends_at from provider_room r
            """;
    /** Whoever had it is gone: the session is over, or deleted. */
    private static final String DONE = """
            where r.use = 'TAKEN' and not exists (select from session_room t join session s on s.id = t.session_id
                                                  where t.room_id = r.id and s.state in ('SCHEDULED', 'OPEN'))
            """;

    private final HostKeys keys;

    JdbiProviderRoomStore(HostKeys keys) {
        this.keys = keys;
    }

    /** Seals the right of the host in a room, and opens it. */
    interface HostKeys {

        byte[] seal(UUID room, Secret key);

        /** Empty when it cannot be opened any more: whoever leads then enters like everybody else. */
        Optional<Secret> open(UUID room, byte[] sealed);
    }

    Optional<ProviderRoom> find(Transaction tx, UUID session) {
        return tx.handle()
                .createQuery(SELECT + "join session_room t on t.room_id = r.id where t.session_id = :session")
                .bind("session", session)
                .map((row, context) -> room(row))
                .findOne();
    }

    void addSpare(Transaction tx, ProviderRoom room) {
        add(tx, room, "SPARE");
    }

    /** Gives the session a room that was made ahead and that outlasts it; empty when there is none, or the session has a room. */
    Optional<ProviderRoom> takeSpare(Transaction tx, UUID session, VideoProvider provider, MediaPath path,
            Instant until) {
        var spare = tx.handle()
                .createQuery(SELECT + """
                        where r.use = 'SPARE' and r.provider = :provider and r.path = :path and r.ends_at >= :until
                        order by r.ends_at, r.id limit 1 for update skip locked""")
                .bind("provider", provider.name())
                .bind("path", path.name())
                .bind("until", Timestamp.from(until))
                .map((row, context) -> room(row))
                .findOne();
        return spare.filter(room -> give(tx, session, room));
    }

    /** Gives the session this new room. @return whether it had none: otherwise nobody has this one, which is done with at once */
    boolean take(Transaction tx, UUID session, ProviderRoom room) {
        add(tx, room, "TAKEN");
        return give(tx, session, room);
    }

    private static boolean give(Transaction tx, UUID session, ProviderRoom room) {
        var given = tx.handle()
                .createUpdate(
                        "insert into session_room (session_id, room_id) values (:session, :room) on conflict do nothing")
                .bind("session", session)
                .bind("room", room.id())
                .execute() == 1;
        if (given) {
            tx.handle()
                    .createUpdate("update provider_room set use = 'TAKEN' where id = :id")
                    .bind("id", room.id())
                    .execute();
        }
        return given;
    }

    private void add(Transaction tx, ProviderRoom room, String use) {
        tx.handle()
                .createUpdate("""
                        insert into provider_room (id, provider, path, external_id, address, host_key, ends_at, use)
                        values (:id, :provider, :path, :external, :address, :key, :ends, :use)""")
                .bind("id", room.id())
                .bind("provider", room.provider().name())
                .bind("path", room.path().name())
                .bind("external", room.external().id())
                .bind("address", room.external().address())
                .bind("key", room.external().hostKey().map(key -> keys.seal(room.id(), key)).orElse(null))
                .bind("ends", Timestamp.from(room.endsAt()))
                .bind("use", use)
                .execute();
    }

    /** Rooms that nobody has any more, the oldest first. */
    List<ProviderRoom> done(Transaction tx, int most) {
        return tx.handle()
                .createQuery(SELECT + DONE + " order by r.ends_at, r.id limit :most")
                .bind("most", most)
                .map((row, context) -> room(row))
                .list();
    }

    /** Rooms made ahead that no session would be given any more: of another provider or kind, or about to end. */
    List<ProviderRoom> unfit(Transaction tx, VideoProvider provider, MediaPath path, Instant until) {
        return tx.handle()
                .createQuery(SELECT + """
                        where r.use = 'SPARE' and (r.provider <> :provider or r.path <> :path or r.ends_at < :until)
                        order by r.ends_at, r.id for update skip locked""")
                .bind("provider", provider.name())
                .bind("path", path.name())
                .bind("until", Timestamp.from(until))
                .map((row, context) -> room(row))
                .list();
    }

    int spares(Transaction tx) {
        return tx.handle().createQuery("select count(*) from provider_room where use = 'SPARE'").mapTo(int.class).one();
    }

    /** Whether a session that has no room yet is planned to begin in this span. */
    boolean isPlanned(Transaction tx, Instant from, Instant to) {
        return tx.handle()
                .createQuery(
                        """
                                select exists (select from session s where s.state = 'SCHEDULED' and s.starts_at between :from and :to
                                               and not exists (select from session_room t where t.session_id = s.id))""")
                .bind("from", Timestamp.from(from))
                .bind("to", Timestamp.from(to))
                .mapTo(boolean.class)
                .one();
    }

    void remove(Transaction tx, UUID room) {
        tx.handle().createUpdate("delete from provider_room where id = :id").bind("id", room).execute();
    }

    /** Remembers an event. @return whether it is new */
    boolean isNew(Transaction tx, String event, Instant now) {
        return tx.handle()
                .createUpdate("insert into provider_event (id, at) values (:id, :now) on conflict do nothing")
                .bind("id", event)
                .bind("now", Timestamp.from(now))
                .execute() == 1;
    }

    /** So many are in the room since then. @return the session that has it; empty when something later is known, or no session has it */
    Optional<UUID> people(Transaction tx, VideoProvider provider, String externalId, int people, Instant at) {
        return tx.handle()
                .createQuery("""
                        with told as (update provider_room set people = :people, people_at = :at
                                      where provider = :provider and external_id = :external
                                      and (people_at is null or people_at <= :at) returning id)
                        select t.session_id from told join session_room t on t.room_id = told.id""")
                .bind("people", people)
                .bind("at", Timestamp.from(at))
                .bind("provider", provider.name())
                .bind("external", externalId)
                .mapTo(UUID.class)
                .findOne();
    }

    private ProviderRoom room(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var key = Optional.ofNullable(row.getBytes(6)).flatMap(sealed -> keys.open(id, sealed));
        return new ProviderRoom(id, VideoProvider.valueOf(row.getString(2)), MediaPath.valueOf(row.getString(3)),
                new ProviderRoom.External(row.getString(4), row.getString(5), key), row.getTimestamp(7).toInstant());
    }
}
