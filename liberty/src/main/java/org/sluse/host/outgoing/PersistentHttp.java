// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.config.OnePerNode;

/**
 * The way to services of the operator's own: a store for backups, a key service. Asks again where that may help, which is for requests that may be sent twice. Unlike a recipient of a clinic, whom anybody
 * may name who has its settings in hand, such a service is named by the operator and may lie in a private network. Opens nothing before it is used. Thread-safe; blocks.
 */
@OnePerNode
public final class PersistentHttp {

    private static final int ATTEMPTS = 5;
    /** Before the second attempt; each further pause is twice as long as the one before. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Consumer<Duration> pause;
    private @Nullable PinnedHttp http;

    @Inject
    PersistentHttp() {
        this(PersistentHttp::sleep);
    }

    /** @param pause waits for so long */
    public PersistentHttp(Consumer<Duration> pause) {
        this.pause = pause;
    }

    /** Breaks off what is under way. */
    @PreDestroy
    public synchronized void stop() {
        if (http != null) {
            http.stop();
        }
    }

    private synchronized PinnedHttp http() {
        if (http == null) {
            http = new PinnedHttp(new AddressPolicy(true));
        }
        return http;
    }

    /** As {@link #send(Supplier, Duration, Predicate)}, again where the status says that it passes: 408, 429, and those from 500 on but 501. */
    public Received send(Supplier<HttpUriRequestBase> request, Duration within) {
        return send(request, within, received -> false);
    }

    /**
     * Sends, at most five times, with pauses of 1, 2, 4 and 8 s between.
     *
     * @param request makes it anew for each attempt
     * @param within so long each attempt may take; up to 5 min, as long as bytes come at least each 30 s
     * @param again what passes besides
     * @return the last answer
     * @throws NotSentException when nothing was sent by the last attempt; an earlier one may have been
     * @throws NoAnswerException when no whole answer came to the last attempt
     */
    public Received send(Supplier<HttpUriRequestBase> request, Duration within, Predicate<Received> again) {
        for (var attempt = 1;; attempt++) {
            try {
                var received = http().fetch(request.get(), within);
                if (attempt == ATTEMPTS || !passes(received.status()) && !again.test(received)) {
                    return received;
                }
            } catch (NotSentException | NoAnswerException silent) {
                if (attempt == ATTEMPTS) {
                    throw silent;
                }
            }
            pause.accept(FIRST_PAUSE.multipliedBy(1L << attempt - 1));
        }
    }

    private static boolean passes(int status) {
        return status == 408 || status == 429 || status >= 500 && status != 501;
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("Interrupted between two attempts", stopping);
        }
    }
}
