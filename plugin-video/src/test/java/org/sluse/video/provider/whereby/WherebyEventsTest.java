// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.testkit.SecretsByHand;
import org.sluse.testkit.TestDatabase;
import org.sluse.video.provider.ProviderRooms;
import org.sluse.video.provider.TestRooms;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoSettings;
import org.sluse.video.settings.WherebyRooms;

class WherebyEventsTest {

    private static final VideoSettings SETTINGS = TestSettings.none().whereby(WherebyRooms.SMALL).get();
    private static final UUID SESSION = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final TestDatabase database = TestDatabase.with("video");
    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final ProviderRooms rooms = TestRooms.of(database, database.settings(SETTINGS), ids,
            new SecretsByHand(new KnownTenant()), name -> {
            }, new WherebyByHand().provider(ids, clock));
    private final List<String> told = new ArrayList<>();
    private final WherebyEvents events = new WherebyEvents(database.settings(SETTINGS), rooms,
            (session, people) -> told.add(session + " " + people), clock);

    @BeforeEach
    void a_session_that_is_held_at_whereby() {
        database.inTransaction(AuditEntry.of(AuditAction.CREATE, "VideoSession", "*"), tx -> tx.handle()
                .execute("""
                        insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                        values (?, 'room', 'practitioner-1', 'host', 'sealed', now(), 50, 'OPEN')""", SESSION));
        rooms.of(SESSION, clock.instant().plus(Duration.ofHours(5)));
        clock.advance(Duration.ofSeconds(3));
    }

    @Test
    void somebody_comes_and_the_host_is_told_how_many_are_there() {
        receive(EventSignatureTest.BODY, EventSignatureTest.HEADER);

        assertThat(told).containsExactly(SESSION + " 2");
    }

    @Test
    void the_same_event_twice_is_told_once() {
        receive(EventSignatureTest.BODY, EventSignatureTest.HEADER);
        receive(EventSignatureTest.BODY, EventSignatureTest.HEADER);

        assertThat(told).hasSize(1);
    }

    @Test
    void nobody_is_there_when_the_provider_says_that_it_has_ended() {
        var ended = EventSignatureTest.BODY.replace("room.client.joined", "room.session.ended")
                .replace("evt-1", "evt-2");
        receive(ended, signed(ended));

        assertThat(told).containsExactly(SESSION + " 0");
    }

    @Test
    void of_who_came_nothing_is_kept() {
        receive(EventSignatureTest.BODY, EventSignatureTest.HEADER);

        assertThat(database.inTransaction(AuditEntry.list("ProviderRoom"), tx -> tx.handle()
                .createQuery(
                        "select r::text || (select string_agg(e::text, ' ') from provider_event e) from provider_room r")
                .mapTo(String.class)
                .list()).toString()).doesNotContain("Kari", "p-1", "s-1", "visitor");
        assertThat(database.audit().toString()).doesNotContain("Kari");
    }

    @Test
    void what_nobody_proves_is_refused_and_nothing_is_done() {
        for (var header : List.of("", EventSignatureTest.HEADER.replace("v1=4", "v1=5"))) {
            assertRefused(Problem.FORBIDDEN, EventSignatureTest.BODY, header);
        }
        clock.advance(Duration.ofMinutes(6));
        assertRefused(Problem.FORBIDDEN, EventSignatureTest.BODY, EventSignatureTest.HEADER);
        var large = " ".repeat(65_537);
        assertRefused(Problem.FORBIDDEN, large, signed(large));
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"type\":7}", "{\"type\":\"room.client.joined\"}",
            "{\"id\":\"e\",\"type\":\"room.client.left\",\"createdAt\":\"yesterday\",\"data\":{\"meetingId\":\"1001\",\"numClients\":1}}",
            "{\"id\":\"e\",\"type\":\"room.client.left\",\"createdAt\":\"2026-11-23T12:00:00Z\",\"data\":{\"meetingId\":1001}}"})
    void what_is_no_event_is_refused_though_it_is_signed(String body) {
        assertRefused(Problem.MALFORMED, body, signed(body));
    }

    @Test
    void an_event_of_another_kind_is_taken_and_left_aside() {
        var other = "{\"id\":\"e\",\"type\":\"assistant.requested\",\"data\":{\"displayName\":\"Kari\"}}";

        receive(other, signed(other));

        assertThat(told).isEmpty();
    }

    private void receive(String body, String header) {
        events.received(body.getBytes(StandardCharsets.UTF_8), header);
    }

    private void assertRefused(Problem problem, String body, String header) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> receive(body, header))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    private String signed(String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TestSettings.EVENT_KEY.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var seconds = clock.instant().getEpochSecond();
            return "t=" + seconds + ",v1="
                    + HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
