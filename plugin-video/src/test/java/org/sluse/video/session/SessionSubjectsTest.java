// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.Transaction;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectExport;
import org.sluse.testkit.DataMapContract;
import org.sluse.testkit.LinksByHand;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.VideoPlugin;

/** What video keeps of two patients with a session each. On a real PostgreSQL. */
class SessionSubjectsTest extends DataMapContract {

    private final List<VideoSession> over = new ArrayList<>();
    private final List<String> withdrawn = new ArrayList<>();

    SessionSubjectsTest() {
        super(new VideoPlugin());
    }

    @Override
    protected SubjectData subjects(TestDatabase database) {
        return new SessionSubjects(database, Stores.inPostgres(), new LinksByHand(), new SessionListener() {
            @Override
            public void over(VideoSession session) {
                over.add(session);
            }

            @Override
            public void changed(VideoSession session) {
                throw new AssertionError("No session is moved");
            }

            @Override
            public void withdrawn(VideoSession session, String inRoom) {
                withdrawn.add(inRoom);
            }

            @Override
            public void turnedAway(VideoSession session, String inRoom) {
                throw new AssertionError("Nobody is turned away");
            }
        }, new ManualClock());
    }

    @Override
    protected String person(Transaction tx, int number) {
        var handle = tx.handle();
        var session = UUID.randomUUID();
        var participant = UUID.randomUUID();
        var seal = tx.sealOf(session.toString());
        handle.execute("""
                insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                values (?, ?, 'practitioner-1', 'host', ?, ?, 50, 'OPEN')""", session, "room-" + number,
                seal.seal(Cell.of("session", "patient_label", session), "Patient " + number), ManualClock.NOON);
        handle.execute("""
                insert into participant (id, session_id, in_room, label, display_name, admission)
                values (?, ?, ?, ?, ?, 'IN_CALL')""", participant, session, "guest-" + number,
                seal.seal(Cell.of("participant", "label", participant), "Patient " + number),
                seal.seal(Cell.of("participant", "display_name", participant), "Kari"));
        handle.execute(
                """
                        insert into ticket (hash, kind, session_id, participant_id, expires_at) values (?, 'GUEST', ?, ?, ?)""",
                new byte[]{(byte) number}, session, participant, ManualClock.NOON);
        handle.execute("insert into experience (session_id, participant_id, rating) values (?, ?, 'BAD')", session,
                participant);
        var room = UUID.randomUUID();
        handle.execute(
                """
                        insert into provider_room (id, provider, path, external_id, address, ends_at, use)
                        values (?, 'WHEREBY', 'P2P_E2EE', ?, 'https://clinic.whereby.com/room', ?, 'TAKEN')""",
                room, "meeting-" + number, ManualClock.NOON);
        handle.execute("insert into session_room (session_id, room_id) values (?, ?)", session, room);
        return session.toString();
    }

    @Test
    void a_patient_is_found_by_the_clinics_words_in_full_and_by_either_id() {
        var database = TestDatabase.with("video");
        var session = add(database, 4);
        var subjects = subjects(database);
        var found = subjects.export(session);

        assertThat(subjects.export(" patient 4 ")).isEqualTo(found);
        assertThat(found.ids()).hasSize(2).allSatisfy(id -> assertThat(subjects.export(id)).isEqualTo(found));
        assertThat(subjects.export("Patient").isNothing()).isTrue();
        assertThat(subjects.export("Kari").isNothing()).isTrue();
    }

    @Test
    void whoever_is_in_a_session_that_is_erased_is_sent_away() {
        var database = TestDatabase.with("video");
        var session = add(database, 4);

        subjects(database).erase(session, true);
        assertThat(sentAway(session)).isFalse();
        subjects(database).erase(session, false);

        assertThat(sentAway(session)).isTrue();
    }

    @Test
    void each_session_that_was_erased_is_in_the_trail_and_words_are_not() {
        var database = TestDatabase.with("video");
        var session = add(database, 4);

        subjects(database).erase("Patient 4", false);

        assertThat(database.audit()).contains(AuditEntry.of(AuditAction.DELETE, "VideoSession", session));
        assertThat(database.audit().toString()).doesNotContain("Patient 4");
    }

    @Test
    void a_relative_has_what_is_of_them_alone_and_taking_it_away_leaves_the_patients() {
        var database = TestDatabase.with("video");
        var session = add(database, 4);
        relative(database, session, "Mother of patient 4");
        var subjects = subjects(database);

        var export = subjects.export("mother of patient 4");
        assertThat(export.parts()).extracting(SubjectExport.Part::table).containsExactly("participant");
        assertThat(export.parts().getFirst().rows()).hasSize(1);
        assertThat(export.toString()).contains("Anna").doesNotContain("Kari").doesNotContain("Patient 4");

        assertThat(subjects.erase("Mother of patient 4", false).erased()).isEqualTo(Map.of("participant", 1));

        assertThat(subjects.export("Mother of patient 4").isNothing()).isTrue();
        assertThat(subjects.export("Patient 4").toString()).contains("Kari").doesNotContain("Anna");
        assertThat(withdrawn).hasSize(1);
    }

    private static void relative(TestDatabase database, String session, String label) {
        database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Participant", "*"), tx -> {
            var id = UUID.randomUUID();
            var seal = tx.sealOf(session);
            return tx.handle()
                    .execute(
                            """
                                    insert into participant (id, session_id, seat, in_room, role, label, display_name, admission)
                                    values (?, ?, 1, ?, 'RELATIVE', ?, ?, 'WAITING')""",
                            id, UUID.fromString(session),
                            id.toString(), seal.seal(Cell.of("participant", "label", id), label),
                            seal.seal(Cell.of("participant", "display_name", id), "Anna"));
        });
    }

    private boolean sentAway(String session) {
        return over.stream().anyMatch(one -> one.id().equals(UUID.fromString(session)));
    }

    private String add(TestDatabase database, int number) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "VideoSession", "*"),
                tx -> person(tx, number));
    }
}
