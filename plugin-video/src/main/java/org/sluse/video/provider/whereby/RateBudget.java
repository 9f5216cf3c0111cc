// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.disclosure.Answer;
import org.sluse.secret.Secret;

/**
 * How many calls Whereby still takes: 100 points a minute for an account, of which a call that changes something costs 3. Clinics that share an account share what it has left; how much
 * other nodes have taken Whereby itself says with each answer. Thread-safe.
 */
@ApplicationScoped
public class RateBudget {

    /** In points. */
    static final int WRITE = 3;
    private static final int A_MINUTE = 100;
    /** Half is kept for those for whom somebody waits. */
    private static final int KEPT = A_MINUTE / 2;
    private static final Duration SHORTEST_BREAK = Duration.ofSeconds(1);
    private static final Duration LONGEST_BREAK = Duration.ofMinutes(10);

    @Inject
    Clock clock;

    /** By the hash of the account's key. */
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    private static final class Account {

        private final Bucket bucket;
        private volatile Instant closedUntil = Instant.MIN;

        Account(Clock clock) {
            this.bucket = Bucket.builder()
                    .addLimit(Bandwidth.builder()
                            .capacity(A_MINUTE)
                            .refillGreedy(A_MINUTE, Duration.ofMinutes(1))
                            .build())
                    .withCustomTimePrecision(new TimeMeter() {

                        @Override
                        public long currentTimeNanos() {
                            return Math.multiplyExact(clock.millis(), 1_000_000L);
                        }

                        @Override
                        public boolean isWallClockBased() {
                            return true;
                        }
                    })
                    .build();
        }
    }

    /**
     * Takes what a changing call costs.
     *
     * @param urgent whether somebody waits for it; otherwise half of a minute's calls are left alone
     * @return whether there was enough
     */
    boolean take(Secret key, boolean urgent) {
        var account = account(key);
        return !clock.instant().isBefore(account.closedUntil)
                && (urgent || account.bucket.getAvailableTokens() >= KEPT + WRITE)
                && account.bucket.tryConsume(WRITE);
    }

    /** Learns from what Whereby says of the account: {@code X-RateLimit-Remaining} in points, and {@code Retry-After} in seconds when it was too much. */
    void heard(Secret key, Answer answer) {
        var account = account(key);
        number(answer, "X-RateLimit-Remaining").ifPresent(left -> {
            var ahead = account.bucket.getAvailableTokens() - left;
            if (ahead > 0) {
                account.bucket.tryConsumeAsMuchAsPossible(ahead);
            }
        });
        if (answer.status() == 429) {
            var pause = number(answer, "Retry-After").map(Duration::ofSeconds).orElse(SHORTEST_BREAK);
            account.closedUntil = clock.instant().plus(pause.compareTo(LONGEST_BREAK) > 0 ? LONGEST_BREAK : pause);
        }
    }

    private Account account(Secret key) {
        return accounts.computeIfAbsent(hash(key), any -> new Account(clock));
    }

    private static Optional<Long> number(Answer answer, String header) {
        return answer.header(header).filter(text -> text.matches("[0-9]{1,9}")).map(Long::valueOf);
    }

    private static String hash(Secret key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(key.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}
