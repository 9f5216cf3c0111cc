// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a plugin that sends something over HTTP is held to when the recipient is down, slow or lying: whoever caused it is told, the ledger says what became of it, nobody else
 * notices. The server under test must allow recipients on its own machine ({@code sluse.disclosure.allow-private}). Extended and run as {@link ObjectsContract}.
 */
public abstract class RecipientContract {

    private static final Duration UNTIL_OFF = Duration.ofSeconds(2);
    private static final int SECONDS_TO_SEND = 30;
    /** The gate waits for an answer for 30 s at most. */
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final Pattern NEWEST = Pattern
            .compile("\"result\":\"(?<result>[^\"]*)\",\"outcome\":\"(?<outcome>[^\"]*)\"");
    private static final String CANARY = "said-by-a-liar";

    private final String plugin;

    /** @param plugin its id */
    protected RecipientContract(String plugin) {
        this.plugin = plugin;
    }

    /** The plugin with what it needs to be switched on, sending to a recipient at this address: {@code http}, a port, no path. */
    protected abstract PluginUnderTest sendingTo(URI recipient);

    /**
     * Has the plugin send one thing, by whatever people do to that end; a new thing each time.
     *
     * @return what the one was answered whose act it was: at once, where the plugin sends later
     */
    protected abstract HttpResponse<String> send(TestClinic clinic);

    /** What a liar answers, byte for byte. */
    private enum Lie {
        /** No HTTP at all. */
        GIBBERISH("\0\1\2 " + CANARY + "\r\n\r\n"),
        /** A status that there is not. */
        NO_STATUS("HTTP/1.1 999999 " + CANARY + "\r\n\r\n"),
        /** Says that more comes than does. */
        CUT_SHORT("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"" + CANARY
                + "\":"),
        /** Another kind of document than was asked for. */
        A_PAGE("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 40\r\n\r\n<script>alert('" + CANARY
                + "')</script>  "),
        /** Blames us, with markup. */
        AN_ERROR("HTTP/1.1 500 " + CANARY
                + "\r\nContent-Type: text/html\r\nContent-Length: 29\r\n\r\n<b>Give us the password</b>  ");

        final String answer;

        Lie(String answer) {
            this.answer = answer;
        }
    }

    @Test
    void down_it_is_told_and_the_ledger_says_that_nothing_arrived() {
        var clinic = clinic(TestRecipient.nobody());

        assertTold(send(clinic));

        assertEquals("NOT_TAKEN", ended(clinic));
    }

    @Test
    void slow_it_ends_in_time_and_keeps_nobody_else_waiting() throws Exception {
        try (var recipient = TestRecipient.who(TestRecipient.silent())) {
            var clinic = clinic(recipient.address());
            var other = TestClinic.withStaff();
            var began = System.nanoTime();
            var sending = CompletableFuture.supplyAsync(() -> send(clinic));
            assertNotNull(recipient.hear(SECONDS_TO_SEND), "Nothing was sent");

            var asked = System.nanoTime();
            assertEquals(200, other.practitioner().send("GET", "/api/%s/core/me", "").statusCode());
            assertTrue(since(asked).compareTo(Duration.ofSeconds(5)) < 0, "Somebody else waited " + since(asked));

            assertTold(sending.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
            assertEquals("NO_ANSWER", ended(clinic));
            assertTrue(since(began).compareTo(LONGEST.plusSeconds(SECONDS_TO_SEND)) < 0, "It took " + since(began));
        }
    }

    @Test
    void switched_off_meanwhile_what_is_under_way_is_broken_off_within_two_seconds() throws Exception {
        var hungUp = new CompletableFuture<Long>();
        try (var recipient = TestRecipient.who((to, more) -> {
            try {
                TestRecipient.silent().answer(to, more);
            } finally {
                // Broken off may also be a reset.
                hungUp.complete(System.nanoTime());
            }
        })) {
            var clinic = clinic(recipient.address());
            var sending = CompletableFuture.supplyAsync(() -> send(clinic));
            assertNotNull(recipient.hear(SECONDS_TO_SEND), "Nothing was sent");
            var switched = System.nanoTime();

            sendingTo(recipient.address()).switchOff(clinic);

            var took = Duration.ofNanos(hungUp.get(10, TimeUnit.SECONDS) - switched);
            assertTrue(took.compareTo(UNTIL_OFF) < 0, "It was broken off after " + took);
            sending.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            assertEquals("NO_ANSWER", ended(clinic));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lying_it_is_not_believed(Lie lie) {
        try (var recipient = TestRecipient.who(TestRecipient.saying(lie.answer))) {
            var clinic = clinic(recipient.address());

            assertTold(send(clinic));

            assertNotNull(recipient.hear(SECONDS_TO_SEND), "Nothing was sent");
            assertFalse(ended(clinic).equals("SENDING"));
        }
    }

    @Test
    void sent_elsewhere_it_does_not_go() {
        try (var trap = TestRecipient.who(TestRecipient.saying(""));
                var recipient = TestRecipient
                        .who(TestRecipient.saying("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + trap.address()
                                + "/" + CANARY + "\r\nContent-Length: 0\r\n\r\n"))) {
            var clinic = clinic(recipient.address());

            assertTold(send(clinic));

            assertNotNull(recipient.hear(SECONDS_TO_SEND), "Nothing was sent");
            assertEquals("NOT_TAKEN", ended(clinic));
            assertEquals(0, trap.connected());
        }
    }

    @Test
    void an_answer_without_end_is_cut_off() {
        try (var recipient = TestRecipient.who(TestRecipient.flooding())) {
            var clinic = clinic(recipient.address());

            assertTold(send(clinic));

            assertEquals("NO_ANSWER", ended(clinic));
        }
    }

    private TestClinic clinic(URI recipient) {
        var clinic = TestClinic.withStaff();
        sendingTo(recipient).switchOn(clinic);
        return clinic;
    }

    /** It worked, or it did not and says so; it is never a failure of ours, and never the recipient's words. */
    private static void assertTold(HttpResponse<String> answer) {
        assertTrue(answer.statusCode() != 500, answer.body());
        assertTrue(answer.statusCode() < 400
                || answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"),
                answer.body());
        assertFalse(answer.body().contains(CANARY), answer.body());
    }

    /** What the ledger says of the first thing that was sent, once it has ended. */
    private String ended(TestClinic clinic) {
        var administrator = clinic.administrator();
        var until = System.nanoTime() + LONGEST.plusSeconds(SECONDS_TO_SEND).toNanos();
        while (true) {
            var ledger = administrator.send("GET", "/api/%s/core/ledger?module=" + plugin, "").body();
            var row = NEWEST.matcher(ledger).results().toList();
            if (!row.isEmpty() && !row.getLast().group("result").equals("SENDING")) {
                return row.getLast().group("outcome");
            }
            assertTrue(System.nanoTime() - until < 0, "The ledger has no row that has ended: " + ledger);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static Duration since(long then) {
        return Duration.ofNanos(System.nanoTime() - then);
    }
}
