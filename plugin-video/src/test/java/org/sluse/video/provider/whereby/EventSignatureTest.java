// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.secret.Secret;
import org.sluse.video.settings.TestSettings;

/** Against a header that was computed elsewhere (Python's hmac), over a body with odd spaces: who reads the JSON and writes it anew gets other bytes. */
class EventSignatureTest {

    static final String BODY = "{ \"id\":\"evt-1\",  \"apiVersion\":\"1.0\",\"createdAt\":\"2026-11-23T12:00:02.000Z\",\"type\":\"room.client.joined\",\"data\":{\"meetingId\":\"1001\",\"roomName\":\"/00000001-0000-4000-8000-000000000000\",\"subdomain\":\"clinic\",\"displayName\":\"Kari\",\"roomSessionId\":\"s-1\",\"participantId\":\"p-1\",\"roleName\":\"visitor\",\"numClients\":2,\"numClientsByRoleName\":{\"host\":1,\"visitor\":1},\"isDialIn\":false} }";
    static final String HEADER = "t=1795435203,v1=477c113d2d2448a89a8586f8f59fa83b7a8b1fffaf1c22ec7503ec4300ce5970";
    static final Instant SENT = Instant.ofEpochSecond(1795435203);

    @Test
    void what_whereby_has_signed_about_now_is_its_own() {
        assertThat(isValid(HEADER, BODY, SENT.plusSeconds(1))).isTrue();
    }

    @Test
    void it_holds_for_five_minutes_in_both_directions_and_no_longer() {
        var window = Duration.ofMinutes(5);

        assertThat(isValid(HEADER, BODY, SENT.plus(window))).isTrue();
        assertThat(isValid(HEADER, BODY, SENT.minus(window))).isTrue();
        assertThat(isValid(HEADER, BODY, SENT.plus(window).plusSeconds(1))).isFalse();
        assertThat(isValid(HEADER, BODY, SENT.minus(window).minusSeconds(1))).isFalse();
    }

    @Test
    void one_byte_more_one_key_else_or_another_time_is_not_its_own() {
        assertThat(isValid(HEADER, BODY + " ", SENT)).isFalse();
        assertThat(isValid(HEADER, BODY.replace("  ", " "), SENT)).isFalse();
        assertThat(isValid(HEADER.replace("t=1795435203", "t=1795435204"), BODY, SENT)).isFalse();
        assertThat(EventSignature.isValid(HEADER, BODY.getBytes(StandardCharsets.UTF_8), new Secret("another"), SENT))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=1795435203", "v1=477c", "t=1795435203,v1=", "t=-1,v1=00", "t=1795435203, v1=477c",
            "t=99999999999999999999,v1=477c113d2d2448a89a8586f8f59fa83b7a8b1fffaf1c22ec7503ec4300ce5970",
            "t=1795435203,v1=477C113D2D2448A89A8586F8F59FA83B7A8B1FFFAF1C22EC7503EC4300CE5970"})
    void what_is_no_such_header_proves_nothing(String header) {
        assertThat(isValid(header, BODY, SENT)).isFalse();
    }

    private static boolean isValid(String header, String body, Instant now) {
        return EventSignature.isValid(header, body.getBytes(StandardCharsets.UTF_8), TestSettings.EVENT_KEY, now);
    }
}
