// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.outgoing.Received;
import org.sluse.testkit.ManualClock;

class GoogleAccessTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-27T12:00:00Z"), ZoneOffset.UTC);

    private final GoogleStandIn google = new GoogleStandIn();
    private final PersistentHttp http = new PersistentHttp(time -> {
    });
    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        http.stop();
        google.close();
    }

    @Test
    void a_machine_of_googles_has_an_account_of_its_own() throws IOException {
        assertThat(google.machine(http, NOON).token()).isEqualTo("token-1");
    }

    @Test
    void elsewhere_a_key_file_says_who_it_is() throws IOException {
        assertThat(access(google.keyFile(folder), NOON).token()).isEqualTo("token-1");
    }

    @Test
    void a_token_that_a_service_does_not_take_before_its_end_is_asked_for_anew() throws IOException {
        var access = access(google.keyFile(folder), NOON);
        access.token();
        var shown = new ArrayList<String>();

        var answer = access.authorized(token -> {
            shown.add(token);
            return new Received(token.equals("token-1") ? 401 : 200, Map.of(), new byte[0]);
        });

        assertThat(answer.status()).isEqualTo(200);
        assertThat(shown).containsExactly("token-1", "token-2");
    }

    @Test
    void an_operators_firewall_hears_where_tokens_come_from() throws IOException {
        assertThat(access(google.keyFile(folder), NOON).addresses()).singleElement()
                .satisfies(address -> assertThat(address.getPath()).isEqualTo("/token"));
        assertThat(access(folder.resolve("gone"), NOON).addresses()).isEmpty();
    }

    @Test
    void a_token_is_used_until_a_minute_before_its_end() throws IOException {
        var clock = new ManualClock();
        var access = access(google.keyFile(folder), clock);
        assertThat(access.token()).isEqualTo("token-1");

        clock.advance(Duration.ofSeconds(3538));
        assertThat(access.token()).isEqualTo("token-1");

        clock.advance(Duration.ofSeconds(1));
        assertThat(access.token()).isEqualTo("token-2");
    }

    @Test
    void a_file_that_is_no_key_is_refused_without_what_is_in_it() throws IOException {
        var file = Files.writeString(folder.resolve("account.json"), "{\"private_key\": \"c2VjcmV0\"}");

        assertThatExceptionOfType(GoogleRefusedException.class).isThrownBy(() -> access(file, NOON).token())
                .withMessage("The file '" + file
                        + "' of sluse.google.key-file cannot be used; right would be the JSON key of a service account, readable by this user")
                .withMessageNotContaining("c2VjcmV0");
    }

    private GoogleAccess access(Path file, Clock clock) {
        return new GoogleAccess(http, Optional.of(file), URI.create("http://127.0.0.1:1/nobody"), clock);
    }
}
