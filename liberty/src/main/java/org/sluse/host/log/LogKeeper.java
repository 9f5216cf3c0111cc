// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.written.LogId;
import org.sluse.host.written.Written;
import org.sluse.proof.Checkpoint;
import org.sluse.proof.LogSigner;
import org.sluse.tenant.TenantId;

/**
 * Gives entries their places in the log, half a second after their commit, and signs what is new, each log as often as the operator has set. It looks at the logs that this node has written to and at no
 * other; what a node that died has left is found at the log's next entry on a node that has not seen it yet, when it is read, and each night. Thread-safe.
 */
@OnePerNode
public final class LogKeeper {

    private static final Logger LOG = Logger.getLogger(LogKeeper.class.getName());
    private static final long LOOK_MILLIS = 400;
    private static final int AT_ONCE = 4;
    /** How many notes are told to a witness at once: one that is new, or was away, has many to be told. */
    private static final int NOTES = 1000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** Looked through before a checkpoint besides what this node has written: what another node has not given its place. Each time it would be as much again for each look within it. */
    private static final Duration A_LITTLE_EARLIER = Duration.ofMinutes(1);
    private static final Duration RECENTLY = Duration.ofDays(1);

    private final ScheduledExecutorService looking = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("logs").factory());
    private final ExecutorService working = Executors.newFixedThreadPool(AT_ONCE,
            Thread.ofPlatform().daemon().name("log-", 0).factory());
    private final Written written;
    private final LogGuard guard;
    private final LogSigner signer;
    private final ControlDatabase control;
    private final TenantDatabases databases;
    private final Predicate<TenantId> elsewhere;
    private final Predicate<TenantId> gone;
    private final LogSettings settings;
    private final Clock clock;

    /** Looked through from the beginning by this node. */
    private final Set<LogId> known = ConcurrentHashMap.newKeySet();
    /** When each was signed last, by this node. */
    private final Map<LogId, Instant> signed = new ConcurrentHashMap<>();
    private final Set<LogId> unsigned = ConcurrentHashMap.newKeySet();
    private final Map<LogId, Instant> waiting = new ConcurrentHashMap<>();
    private final Map<LogId, Instant> restUntil = new ConcurrentHashMap<>();
    private final Map<LogId, Object> appending = new ConcurrentHashMap<>();
    private final Set<LogId> underWay = ConcurrentHashMap.newKeySet();

    @Inject
    LogKeeper(Written written, LogGuard guard, LogSigner signer, ControlDatabase control, TenantDatabases databases,
            Gate gate, LogSettings settings, Clock clock) {
        this(written, guard, signer, control, databases, gate::isElsewhere,
                clinic -> gate.tenant(clinic).isEmpty(), settings, clock);
    }

    /** @param elsewhere whose database is not this node's to write to @param gone who may have left: what fails then is not tried again */
    LogKeeper(Written written, LogGuard guard, LogSigner signer, ControlDatabase control, TenantDatabases databases,
            Predicate<TenantId> elsewhere, Predicate<TenantId> gone, LogSettings settings, Clock clock) {
        this.elsewhere = elsewhere;
        this.gone = gone;
        this.written = written;
        this.guard = guard;
        this.signer = signer;
        this.control = control;
        this.databases = databases;
        this.settings = settings;
        this.clock = clock;
    }

    /** Keeps the logs from now on, the operator's own at once. */
    public void start() {
        inDatabase(LogId.OPERATOR, handle -> guard.isAsWitnessed(LogId.OPERATOR, handle));
        written.committed(LogId.OPERATOR, clock.instant());
        looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        looking.shutdownNow();
        working.shutdownNow();
    }

    private void look() {
        try {
            var now = clock.instant();
            written.take().forEach((log, since) -> waiting.merge(log, since, LogKeeper::earlier));
            waiting.keySet().forEach(log -> begin(log, now));
            unsigned.stream().filter(log -> isDue(log, now)).forEach(log -> begin(log, now));
        } catch (RuntimeException failed) {
            // An executor would silently never call again.
            LOG.log(Level.WARNING, "logs-not-looked-at cause={0}", failed.getClass().getName());
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private boolean isDue(LogId log, Instant now) {
        return !signed.getOrDefault(log, Instant.EPOCH).plus(settings.betweenCheckpoints()).isAfter(now);
    }

    /** One at a time for each log; a log whose database does not answer keeps no other waiting. */
    private void begin(LogId log, Instant now) {
        if (log.clinic().filter(elsewhere).isPresent()) {
            // A node there gives it its places.
            waiting.remove(log);
            drop(log);
            return;
        }
        if (restUntil.getOrDefault(log, Instant.EPOCH).isAfter(now) || !underWay.add(log)) {
            return;
        }
        working.execute(() -> {
            var since = waiting.remove(log);
            try {
                if (since != null) {
                    integrate(log, since);
                }
                signWhenDue(log);
                restUntil.remove(log);
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "log-not-kept log={0} cause={1}",
                        new Object[]{log, failed.getClass().getName()});
                if (log.clinic().filter(gone).isPresent()) {
                    // There is nothing any more that could be kept.
                    drop(log);
                    return;
                }
                if (since != null) {
                    waiting.merge(log, since, LogKeeper::earlier);
                }
                restUntil.put(log, clock.instant().plus(AFTER_FAILURE));
            } finally {
                underWay.remove(log);
            }
        });
    }

    private void drop(LogId log) {
        unsigned.remove(log);
        known.remove(log);
        guard.forget(log);
    }

    /** Everything that is committed has its place when this returns; signed, if the last time is long enough ago. */
    void catchUp(LogId log) {
        integrate(log, clock.instant().minus(RECENTLY));
        signWhenDue(log);
    }

    /** The same, from the log's beginning. */
    void catchUpWhole(LogId log) {
        known.remove(log);
        catchUp(log);
    }

    private void integrate(LogId log, Instant since) {
        var from = known.contains(log) ? since : Instant.EPOCH;
        var store = guard.store(log);
        int integrated;
        do {
            integrated = inDatabase(log, handle -> store.integrate(handle, from));
            if (integrated > 0) {
                unsigned.add(log);
            }
        } while (integrated == LogStore.PIECE);
        if (known.add(log)) {
            // A node that died may have signed nothing of what it has left.
            unsigned.add(log);
        }
    }

    private void signWhenDue(LogId log) {
        if (!unsigned.contains(log) || !isDue(log, clock.instant())) {
            return;
        }
        integrate(log, clock.instant().minus(A_LITTLE_EARLIER));
        unsigned.remove(log);
        try {
            sign(log);
        } catch (RuntimeException failed) {
            unsigned.add(log);
            throw failed;
        }
    }

    private void sign(LogId log) {
        var store = guard.store(log);
        var now = clock.instant();
        try {
            var witnessed = guard.witnessed(log);
            var isAsWitnessed = inDatabase(log, handle -> {
                if (!guard.isAsWitnessed(log, witnessed, handle)) {
                    return false;
                }
                if (store.sign(handle, witnessed, now)) {
                    signed.put(log, now);
                }
                return true;
            });
            if (isAsWitnessed) {
                tellWitness(log);
                // Not before: what cannot be signed would be a new alarm each time.
                guard.end(log);
            } else {
                log.clinic().ifPresent(databases::lookAgain);
            }
        } catch (LogAlteredException altered) {
            guard.raise(log, String.valueOf(altered.getMessage()));
        }
    }

    /** What was committed is appended to the witness's file: never before, and what a crash kept from it with the next one. */
    private void tellWitness(LogId log) {
        try {
            int told;
            do {
                told = append(log, last -> inDatabase(log, handle -> guard.store(log)
                        .notesAbove(handle, last.flatMap(signer.key()::open).map(Checkpoint::size).orElse(0L),
                                NOTES)));
            } while (told == NOTES);
            guard.isWitnessed(log);
        } catch (IOException unwritable) {
            // Tried again when the next checkpoint is due.
            unsigned.add(log);
            signed.put(log, clock.instant());
            guard.notWitnessed(log, unwritable);
        }
    }

    /** Appends to the witness's file, one thread of this node after the other for each log. */
    int append(LogId log, Function<Optional<String>, List<String>> next) throws IOException {
        synchronized (appending.computeIfAbsent(log, any -> new Object())) {
            return guard.witness(log).append(next);
        }
    }

    <T> T inDatabase(LogId log, Function<Handle, T> work) {
        return log.clinic().map(tenant -> databases.asCore(tenant, work)).orElseGet(() -> control.write(work));
    }
}
