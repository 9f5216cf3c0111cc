// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import jakarta.enterprise.context.Dependent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
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

/** Sessions in PostgreSQL; what says who a patient is, and what was written to them, is sealed under a key of the session. */
@Dependent
final class JdbiVideoSessionStore implements VideoSessionStore {

    private static final String SELECT = """
            select s.id, s.room, s.host_id, s.host_in_room, s.patient_label, s.starts_at, s.minutes, s.state, s.ended_at,
                   p.id, p.in_room, p.display_name, p.admission, p.waiting_since, p.message, p.message_at,
                   p.camera, p.microphone, p.connection
            from session s join participant p on p.session_id = s.id
            """;

    /** {@link VideoSession#endsAt} of those that are not over. */
    private static final String ENDS = """
            from (select s.id, s.starts_at + make_interval(mins => s.minutes
                      + :overtime * case when p.admission in ('ADMITTED', 'IN_CALL') then 2 else 1 end) as ends_at
                  from session s join participant p on p.session_id = s.id
                  where s.state in ('SCHEDULED', 'OPEN')) as under_way
            """;

    @Override
    public void add(Transaction tx, VideoSession session) {
        var seal = tx.sealOf(session.id().toString());
        tx.handle()
                .createUpdate("""
                        insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                        values (:id, :room, :host, :hostInRoom, :label, :startsAt, :minutes, :state)""")
                .bind("id", session.id())
                .bind("room", session.room())
                .bind("host", session.hostId())
                .bind("hostInRoom", session.hostInRoom())
                .bind("label", seal.seal(labelOf(session.id()), session.patientLabel()))
                .bind("startsAt", Timestamp.from(session.startsAt()))
                .bind("minutes", session.minutes())
                .bind("state", session.state().name())
                .execute();
        tx.handle()
                .createUpdate("""
                        insert into participant (id, session_id, in_room, display_name, admission)
                        values (:id, :session, :inRoom, :name, :admission)""")
                .bind("id", session.patient().id())
                .bind("session", session.id())
                .bind("inRoom", session.patient().inRoom())
                .bind("name", seal.seal(nameOf(session.patient().id()), session.patient().displayName().value()))
                .bind("admission", session.patient().admission().name())
                .execute();
    }

    @Override
    public Optional<VideoSession> find(Transaction tx, UUID id) {
        return one(tx, "s.id", id);
    }

    @Override
    public Optional<VideoSession> findByParticipant(Transaction tx, UUID participantId) {
        return one(tx, "p.id", participantId);
    }

    @Override
    public Optional<VideoSession> findByPseudonym(Transaction tx, String inRoom) {
        return one(tx, "p.in_room", inRoom);
    }

    private static Optional<VideoSession> one(Transaction tx, String column, Object value) {
        return opened(tx,
                tx.handle().createQuery(SELECT + " where " + column + " = :value for update").bind("value", value))
                .stream()
                .findFirst();
    }

    @Override
    public void update(Transaction tx, VideoSession session) {
        var patient = session.patient();
        var seal = tx.sealOf(session.id().toString());
        tx.handle()
                .createUpdate("update session set state = :state, ended_at = :ended where id = :id")
                .bind("state", session.state().name())
                .bind("ended", timestamp(session.endedAt()))
                .bind("id", session.id())
                .execute();
        tx.handle()
                .createUpdate(
                        """
                                update participant set id = :id, in_room = :inRoom, display_name = :name, admission = :admission,
                                       waiting_since = :since, message = :message, message_at = :messageAt,
                                       camera = :camera, microphone = :microphone, connection = :connection
                                where session_id = :session""")
                .bind("id", patient.id())
                .bind("session", session.id())
                .bind("inRoom", patient.inRoom())
                .bind("name", seal.seal(nameOf(patient.id()), patient.displayName().value()))
                .bind("admission", patient.admission().name())
                .bind("since", timestamp(patient.waitingSince()))
                .bind("message",
                        patient.message()
                                .flatMap(Message::text)
                                .map(words -> seal.seal(messageOf(patient.id()), words))
                                .orElse(null))
                .bind("messageAt", timestamp(patient.message().map(Message::at)))
                .bind("camera", patient.devices().map(found -> found.camera().name()).orElse(null))
                .bind("microphone", patient.devices().map(found -> found.microphone().name()).orElse(null))
                .bind("connection", patient.devices().map(found -> found.connection().name()).orElse(null))
                .execute();
    }

    @Override
    public List<VideoSession> ofHost(Transaction tx, String hostId, Instant from, Instant to) {
        return many(tx,
                " where s.host_id = :host and s.starts_at >= :from and s.starts_at < :to order by s.starts_at, s.id",
                Map.of("host", hostId, "from", Timestamp.from(from), "to", Timestamp.from(to)));
    }

    @Override
    public List<VideoSession> presentOf(Transaction tx, String hostId) {
        return many(tx,
                " where s.host_id = :host and p.admission in ('WAITING', 'HELD', 'ADMITTED', 'IN_CALL', 'DROPPED')"
                        + " order by p.waiting_since, s.id",
                Map.of("host", hostId));
    }

    @Override
    public List<VideoSession> underWay(Transaction tx) {
        return many(tx, " where s.state in ('SCHEDULED', 'OPEN') and p.admission <> 'INVITED' order by s.id for update",
                Map.of());
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
        return many(tx, " order by s.id", Map.of()).stream()
                .filter(one -> one.id().toString().equals(idOrWords)
                        || one.patient().id().toString().equals(idOrWords)
                        || one.patientLabel().equalsIgnoreCase(idOrWords))
                // Only these are held, in the order of ids as everywhere.
                .flatMap(one -> find(tx, one.id()).stream())
                .sorted(Comparator.comparing(VideoSession::startsAt).thenComparing(VideoSession::id))
                .toList();
    }

    @Override
    public void delete(Transaction tx, UUID id) {
        tx.handle().createUpdate("delete from session where id = :id").bind("id", id).execute();
    }

    private static List<VideoSession> many(Transaction tx, String where, Map<String, ?> values) {
        return opened(tx, tx.handle().createQuery(SELECT + where).bindMap(values));
    }

    /** A row whose sealed columns are not opened yet. */
    private interface Sealed {

        VideoSession opened(PersonSeal seal);
    }

    private record Found(UUID session, Sealed row) {}

    private static List<VideoSession> opened(Transaction tx, Query query) {
        var found = query.map((row, context) -> new Found(row.getObject(1, UUID.class), session(row))).list();
        var seals = tx.sealsOf(found.stream().map(one -> one.session().toString()).toList());
        return found.stream().map(one -> one.row().opened(seals.apply(one.session().toString()))).toList();
    }

    private static Cell labelOf(UUID session) {
        return Cell.of("session", "patient_label", session);
    }

    private static Cell nameOf(UUID participant) {
        return Cell.of("participant", "display_name", participant);
    }

    private static Cell messageOf(UUID participant) {
        return Cell.of("participant", "message", participant);
    }

    private static Sealed session(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var room = row.getString(2);
        var host = row.getString(3);
        var hostInRoom = row.getString(4);
        var label = row.getString(5);
        var startsAt = row.getTimestamp(6).toInstant();
        var minutes = row.getInt(7);
        var state = SessionState.valueOf(row.getString(8));
        var endedAt = instant(row, 9);
        var participant = row.getObject(10, UUID.class);
        var inRoom = row.getString(11);
        var name = row.getString(12);
        var admission = Admission.valueOf(row.getString(13));
        var since = instant(row, 14);
        var text = Optional.ofNullable(row.getString(15));
        var at = instant(row, 16);
        var camera = Optional.ofNullable(row.getString(17));
        var microphone = Optional.ofNullable(row.getString(18));
        var line = Optional.ofNullable(row.getString(19));
        var devices = camera.flatMap(seen -> microphone.flatMap(heard -> line.map(
                way -> new Devices(Device.valueOf(seen), Device.valueOf(heard), Line.valueOf(way)))));
        return seal -> new VideoSession(id, room, host, hostInRoom, seal.open(labelOf(id), label), startsAt, minutes,
                state, endedAt,
                new Participant(participant, inRoom, new DisplayName(seal.open(nameOf(participant), name)), admission,
                        since,
                        at.map(when -> new Message(text.map(words -> seal.open(messageOf(participant), words)), when)),
                        devices));
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static @Nullable Timestamp timestamp(Optional<Instant> at) {
        return at.map(Timestamp::from).orElse(null);
    }
}
