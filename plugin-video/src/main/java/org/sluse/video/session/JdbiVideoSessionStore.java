// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.Dependent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.data.Transaction;
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.Participant.Device;
import org.sluse.video.admission.Participant.Devices;
import org.sluse.video.admission.Participant.Line;
import org.sluse.video.admission.Participant.Message;
import org.sluse.video.admission.Participant.Who;
import org.sluse.video.admission.ParticipantRole;

/** Sessions in PostgreSQL; what says who somebody in it is, and what was written to them, is sealed under a key of the session. */
@Dependent
final class JdbiVideoSessionStore implements VideoSessionStore {

    private static final String SELECT = """
            select s.id, s.room, s.host_id, s.host_in_room, s.patient_label, s.starts_at, s.minutes, s.state, s.ended_at,
                   p.id, p.in_room, p.role, p.label, p.staff_id, p.display_name, p.admission, p.waiting_since, p.let_in_by,
                   p.message, p.message_at, p.camera, p.microphone, p.speaker, p.connection, p.asked_at
            from session s join participant p on p.session_id = s.id
            """;

    /** {@link VideoSession#endsAt} of those that are not over. */
    private static final String ENDS = """
            from (select s.id, s.starts_at + make_interval(mins => s.minutes
                      + :overtime * case when exists (select from participant p where p.session_id = s.id
                                                      and p.admission in ('ADMITTED', 'IN_CALL')) then 2 else 1 end) as ends_at
                  from session s
                  where s.state in ('SCHEDULED', 'OPEN')) as under_way
            """;

    @Override
    public void add(Transaction tx, VideoSession session) {
        tx.handle()
                .createUpdate("""
                        insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                        values (:id, :room, :host, :hostInRoom, :label, :startsAt, :minutes, :state)""")
                .bind("id", session.id())
                .bind("room", session.room())
                .bind("host", session.hostId())
                .bind("hostInRoom", session.hostInRoom())
                .bind("label", tx.sealOf(session.id().toString())
                        .seal(labelOf(session.id()), session.patientLabel()))
                .bind("startsAt", Timestamp.from(session.startsAt()))
                .bind("minutes", session.minutes())
                .bind("state", session.state().name())
                .execute();
        keepPeople(tx, session);
    }

    @Override
    public Optional<VideoSession> find(Transaction tx, UUID id) {
        // Held first, in a statement of its own: one that waits for the lock and reads at once does not see whoever was invited meanwhile.
        return tx.handle()
                .createQuery("select id from session where id = :id for update")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(held -> many(tx, " where s.id = :id order by p.seat", Map.of("id", held)).stream()
                        .findFirst());
    }

    @Override
    public Optional<VideoSession> findByParticipant(Transaction tx, UUID participantId) {
        // The link may be withdrawn while this waits for the lock.
        return sessionOf(tx, "id", participantId)
                .filter(found -> found.people().stream().anyMatch(each -> each.id().equals(participantId)));
    }

    @Override
    public Optional<VideoSession> findByPseudonym(Transaction tx, String inRoom) {
        return sessionOf(tx, "in_room", inRoom).filter(found -> found.find(inRoom).isPresent());
    }

    private Optional<VideoSession> sessionOf(Transaction tx, String column, Object value) {
        return tx.handle()
                .createQuery("select session_id from participant where " + column + " = :value")
                .bind("value", value)
                .mapTo(UUID.class)
                .findOne()
                .flatMap(session -> find(tx, session));
    }

    @Override
    public void update(Transaction tx, VideoSession session) {
        tx.handle()
                .createUpdate("""
                        update session set starts_at = :startsAt, minutes = :minutes, state = :state, ended_at = :ended
                        where id = :id""")
                .bind("startsAt", Timestamp.from(session.startsAt()))
                .bind("minutes", session.minutes())
                .bind("state", session.state().name())
                .bind("ended", timestamp(session.endedAt()))
                .bind("id", session.id())
                .execute();
        keepPeople(tx, session);
    }

    /** Whoever is in it no more goes first: somebody else may have their seat. */
    private static void keepPeople(Transaction tx, VideoSession session) {
        var seal = tx.sealOf(session.id().toString());
        tx.handle()
                .createUpdate("delete from participant where session_id = :session and id <> all(:ids)")
                .bind("session", session.id())
                .bindArray("ids", UUID.class, session.people().stream().map(Participant::id).toList())
                .execute();
        var rows = tx.handle()
                .prepareBatch(
                        """
                                insert into participant (session_id, seat, id, in_room, role, label, staff_id, display_name, admission,
                                       waiting_since, let_in_by, message, message_at, camera, microphone, speaker, connection, asked_at)
                                values (:session, :seat, :id, :inRoom, :role, :label, :staff, :name, :admission,
                                       :since, :letInBy, :message, :messageAt, :camera, :microphone, :speaker, :connection, :askedAt)
                                on conflict (id) do update set seat = excluded.seat, label = excluded.label, display_name = excluded.display_name,
                                       admission = excluded.admission, waiting_since = excluded.waiting_since, let_in_by = excluded.let_in_by,
                                       message = excluded.message, message_at = excluded.message_at, camera = excluded.camera,
                                       microphone = excluded.microphone, speaker = excluded.speaker, connection = excluded.connection,
                                       asked_at = excluded.asked_at""");
        var seat = 0;
        for (var each : session.people()) {
            rows.bind("session", session.id())
                    .bind("seat", seat++)
                    .bind("id", each.id())
                    .bind("inRoom", each.inRoom())
                    .bind("role", each.role().name())
                    .bind("label", seal.seal(wordsFor(each.id()), each.who().label()))
                    .bind("staff", each.who().staffId().orElse(null))
                    .bind("name", seal.seal(nameOf(each.id()), each.displayName().value()))
                    .bind("admission", each.admission().name())
                    .bind("since", timestamp(each.waitingSince()))
                    .bind("letInBy", each.letInBy().orElse(null))
                    .bind("message",
                            each.message()
                                    .flatMap(Message::text)
                                    .map(words -> seal.seal(messageOf(each.id()), words))
                                    .orElse(null))
                    .bind("messageAt", timestamp(each.message().map(Message::at)))
                    .bind("camera", each.devices().map(found -> found.camera().name()).orElse(null))
                    .bind("microphone", each.devices().map(found -> found.microphone().name()).orElse(null))
                    .bind("speaker", each.devices().map(found -> found.speaker().name()).orElse(null))
                    .bind("connection", each.devices().map(found -> found.connection().name()).orElse(null))
                    .bind("askedAt", timestamp(each.askedAt()))
                    .add();
        }
        rows.execute();
    }

    @Override
    public List<VideoSession> ofStaff(Transaction tx, String staffId, Instant from, Instant to) {
        return many(tx, """
                where (s.host_id = :staff or exists (select from participant c where c.session_id = s.id
                                                     and c.staff_id = :staff and c.admission <> 'DENIED'))
                and s.starts_at >= :from and s.starts_at < :to order by s.starts_at, s.id, p.seat""",
                Map.of("staff", staffId, "from", Timestamp.from(from), "to", Timestamp.from(to)));
    }

    @Override
    public List<VideoSession> presentOf(Transaction tx, String hostId) {
        return many(tx, """
                join (select session_id, min(waiting_since) as since from participant
                      where admission in ('WAITING', 'HELD', 'ADMITTED', 'IN_CALL', 'DROPPED')
                      group by session_id) present on present.session_id = s.id
                where s.host_id = :host order by present.since, s.id, p.seat""", Map.of("host", hostId));
    }

    @Override
    public List<VideoSession> underWay(Transaction tx) {
        return many(tx, """
                where s.state in ('SCHEDULED', 'OPEN') and exists (select from participant q where q.session_id = s.id
                                                                   and q.admission <> 'INVITED')
                order by s.id, p.seat""", Map.of()).stream().flatMap(one -> find(tx, one.id()).stream()).toList();
    }

    @Override
    public List<UUID> overdue(Transaction tx, Instant now, int most) {
        return ends(tx, "select id " + ENDS + " where ends_at <= :now order by ends_at, id limit :most")
                .bind("now", Timestamp.from(now))
                .bind("most", most)
                .map((row, context) -> row.getObject(1, UUID.class))
                .list();
    }

    @Override
    public Optional<Instant> nextEnd(Transaction tx) {
        return ends(tx, "select min(ends_at) " + ENDS).map((row, context) -> instant(row, 1)).one();
    }

    private static Query ends(Transaction tx, String sql) {
        return tx.handle().createQuery(sql).bind("overtime", (int) VideoSession.OVERTIME.toMinutes());
    }

    @Override
    public List<VideoSession> ofSubject(Transaction tx, String idOrWords) {
        // Labels are sealed, and nobody searches for them but by right: all are opened and looked at here.
        return many(tx, " order by s.id, p.seat", Map.of()).stream()
                .filter(one -> one.id().toString().equals(idOrWords)
                        || one.patientLabel().equalsIgnoreCase(idOrWords)
                        || one.people().stream().anyMatch(each -> each.isKnownAs(idOrWords)))
                // Only these are held, in the order of ids as everywhere.
                .flatMap(one -> find(tx, one.id()).stream())
                .sorted(Comparator.comparing(VideoSession::startsAt).thenComparing(VideoSession::id))
                .toList();
    }

    @Override
    public void delete(Transaction tx, UUID id) {
        tx.handle().createUpdate("delete from session where id = :id").bind("id", id).execute();
    }

    private static List<VideoSession> many(Transaction tx, String which, Map<String, ?> values) {
        var rows = tx.handle().createQuery(SELECT + which).bindMap(values).map((row, context) -> row(row)).list();
        var seals = tx.sealsOf(rows.stream().map(one -> one.session().toString()).distinct().toList());
        var sessions = new LinkedHashMap<UUID, VideoSession>();
        for (var row : rows) {
            var opened = row.sealed().opened(seals.apply(row.session().toString()));
            sessions.merge(row.session(), opened, (before, more) -> before.and(more.patient()));
        }
        return List.copyOf(sessions.values());
    }

    /** A row whose sealed columns are not opened yet. */
    private interface Sealed {

        /** The session with one of its people. */
        VideoSession opened(PersonSeal seal);
    }

    private record Row(UUID session, Sealed sealed) {}

    private static Cell labelOf(UUID session) {
        return Cell.of("session", "patient_label", session);
    }

    private static Cell nameOf(UUID participant) {
        return Cell.of("participant", "display_name", participant);
    }

    private static Cell wordsFor(UUID participant) {
        return Cell.of("participant", "label", participant);
    }

    private static Cell messageOf(UUID participant) {
        return Cell.of("participant", "message", participant);
    }

    private static Row row(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var room = row.getString(2);
        var host = row.getString(3);
        var hostInRoom = row.getString(4);
        var label = row.getString(5);
        var startsAt = row.getTimestamp(6).toInstant();
        var minutes = row.getInt(7);
        var state = SessionState.valueOf(row.getString(8));
        var endedAt = instant(row, 9);
        var participant = participant(row);
        return new Row(id, seal -> {
            var patientLabel = seal.open(labelOf(id), label);
            return new VideoSession(id, room, host, hostInRoom, patientLabel, startsAt, minutes, state, endedAt,
                    List.of(participant.opened(seal, patientLabel)));
        });
    }

    private interface SealedParticipant {

        /** @param unnamed the words for whoever has none of their own, as every patient of before V005 */
        Participant opened(PersonSeal seal, String unnamed);
    }

    private static SealedParticipant participant(ResultSet row) throws SQLException {
        var id = row.getObject(10, UUID.class);
        var inRoom = row.getString(11);
        var role = ParticipantRole.valueOf(row.getString(12));
        var label = Optional.ofNullable(row.getString(13));
        var staff = Optional.ofNullable(row.getString(14));
        var name = row.getString(15);
        var admission = Admission.valueOf(row.getString(16));
        var since = instant(row, 17);
        var letInBy = Optional.ofNullable(row.getString(18));
        var text = Optional.ofNullable(row.getString(19));
        var at = instant(row, 20);
        var camera = Optional.ofNullable(row.getString(21));
        var microphone = Optional.ofNullable(row.getString(22));
        // Whoever came before there was a word for it has none.
        var speaker = Optional.ofNullable(row.getString(23)).map(Device::valueOf).orElse(Device.UNTRIED);
        var line = Optional.ofNullable(row.getString(24));
        var devices = camera.flatMap(seen -> microphone.flatMap(heard -> line.map(
                way -> new Devices(Device.valueOf(seen), Device.valueOf(heard), speaker, Line.valueOf(way)))));
        var askedAt = instant(row, 25);
        return (seal, unnamed) -> new Participant(id, inRoom,
                new Who(role, label.map(words -> seal.open(wordsFor(id), words)).orElse(unnamed), staff),
                new DisplayName(seal.open(nameOf(id), name)), admission, since, letInBy,
                at.map(when -> new Message(text.map(words -> seal.open(messageOf(id), words)), when)), devices,
                askedAt);
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static @Nullable Timestamp timestamp(Optional<Instant> at) {
        return at.map(Timestamp::from).orElse(null);
    }
}
