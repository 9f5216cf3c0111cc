// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.config.HostSettings;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.host.tenant.Source;
import org.sluse.id.Ids;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.ManualClock;

/** On a real control database. */
class OperatorSessionsTest {

    private final ManualClock clock = new ManualClock();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final Binding binding = new Binding();
    private final OperatorSessions sessions = at("http://127.0.0.1:8080");

    /** Rows outlive a test. */
    private static final class RandomIds implements Ids {

        @Override
        public UUID next() {
            return UUID.randomUUID();
        }

        @Override
        public String token() {
            return UUID.randomUUID().toString().replace("-", "");
        }
    }

    @Test
    void a_link_begins_one_session() {
        var code = code(sessions);
        var cookie = cookie(sessions.begin(code));

        assertThat(sessions.isOpen("other=1; " + cookie)).isTrue();
        assertNotInUse(code);
    }

    @Test
    void a_session_is_whose_its_link_was_as_they_said() {
        var anna = new OperatorName("anna");
        var code = called(Optional.of(anna), () -> code(sessions));

        var begun = called(Optional.empty(), () -> sessions.begin(code) + binding.operator());

        assertThat(begun).as("the row of the sign-in says so too").endsWith(Optional.of(anna).toString());
        assertThat(sessions.find(cookie(begun))).contains(new OperatorSessions.Opened(Optional.of(anna)));
        assertThat(sessions.find(cookie(sessions.begin(code(sessions)))))
                .contains(new OperatorSessions.Opened(Optional.empty()));
    }

    private <T> T called(Optional<OperatorName> by, Supplier<T> work) {
        return binding.from(Source.of("127.0.0.1", "sluse", false), () -> {
            by.ifPresent(binding::calledBy);
            return work.get();
        });
    }

    @Test
    void a_link_lies_for_ten_minutes() {
        var code = code(sessions);

        clock.advance(Duration.ofMinutes(10));

        assertNotInUse(code);
    }

    @Test
    void a_session_ends_after_eight_hours() {
        var cookie = cookie(sessions.begin(code(sessions)));

        clock.advance(Duration.ofHours(8).minusSeconds(1));
        assertThat(sessions.isOpen(cookie)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.isOpen(cookie)).isFalse();
    }

    @Test
    void signing_out_ends_it_for_whoever_kept_the_cookie_and_no_other_session() {
        var cookie = cookie(sessions.begin(code(sessions)));
        var other = cookie(sessions.begin(code(sessions)));

        sessions.end(cookie);

        assertThat(sessions.isOpen(cookie)).isFalse();
        assertThat(sessions.isOpen(other)).isTrue();
    }

    @Test
    void who_signs_out_of_nothing_leaves_no_row() {
        var before = signOuts();

        sessions.end("sluse.operate=made-up");

        assertThat(signOuts()).isEqualTo(before);
        sessions.end(cookie(sessions.begin(code(sessions))));
        assertThat(signOuts()).isEqualTo(before + 1);
    }

    @Test
    void all_can_be_ended_at_once_and_links_with_them() {
        var cookie = cookie(sessions.begin(code(sessions)));
        var code = code(sessions);

        sessions.endAll();

        assertThat(sessions.isOpen(cookie)).isFalse();
        assertNotInUse(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sluse.operate=", "sluse.operate=wrong", "sluse-operate=x"})
    void nobody_is_the_operator_without_a_session(String cookies) {
        assertThat(sessions.isOpen(cookies)).isFalse();
    }

    @Test
    void neither_code_nor_session_is_kept_in_the_clear() {
        var code = code(sessions);
        var cookie = cookie(sessions.begin(code(sessions)));

        var kept = control.read(handle -> handle.createQuery(
                "select encode(hash, 'escape') from operator_link union all select encode(hash, 'escape') from operator_session")
                .mapTo(String.class)
                .list());

        assertThat(kept).hasSizeGreaterThan(1)
                .noneMatch(value -> value.contains(code) || value.contains(cookie.split("=")[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sluse.example", "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]"})
    void over_tls_or_on_this_machine_the_console_opens(String address) {
        var there = at(address);

        assertThat(there.isOpen(cookie(there.begin(code(there))))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://sluse.example", "http://192.0.2.7:8080", "http://localhost.example"})
    void a_session_never_travels_in_the_clear(String address) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> at(address).link())
                .withMessageContaining("https")
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.CONFLICT));
    }

    @Test
    void with_tls_the_browser_guards_the_cookie() {
        var there = at("https://sluse.example");

        assertThat(there.begin(code(there))).startsWith("__Host-sluse.operate=")
                .contains("; Path=/;", "HttpOnly", "SameSite=", "Secure");
    }

    private OperatorSessions at(String address) {
        return new OperatorSessions(control,
                new HostSettings(Path.of("unused"), URI.create(address), Optional.empty(), false, true, 100,
                        "Frankfurt", Path.of("unused")),
                clock, new RandomIds(), binding);
    }

    private int signOuts() {
        return control.read(handle -> handle.createQuery("select count(*) from operator_log where action = 'SIGN_OUT'")
                .mapTo(int.class)
                .one());
    }

    private static String code(OperatorSessions sessions) {
        return sessions.link().url().getFragment();
    }

    private static String cookie(String header) {
        return header.split(";")[0];
    }

    private void assertNotInUse(String code) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> sessions.begin(code))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.LINK_NOT_IN_USE));
    }
}
