// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.written.LogId;
import org.sluse.proof.Checkpoint;
import org.sluse.proof.Finding;
import org.sluse.proof.Finding.Kind;
import org.sluse.proof.LogProof;
import org.sluse.proof.LogSigner;
import org.sluse.proof.Verdict;

/**
 * Proves whole logs as {@code sluse verify-log} does, without anybody asking. An entry that somebody has edited leaves its hash as the witness knows it, so that only going through all of them finds
 * it. Thread-safe; blocks for as long as a log is long, at some hundred thousand entries a second.
 */
@OnePerNode
final class LogProver {

    /** From one night to the evening after it. */
    private static final Duration LATELY = Duration.ofHours(12);

    private final LogKeeper keeper;
    private final LogGuard guard;
    private final LogAlarm alarm;
    private final LogSigner signer;
    private final Clock clock;
    private final Map<LogId, Proved> last = new ConcurrentHashMap<>();

    private record Proved(Instant at, boolean isAltered) {}

    @Inject
    LogProver(LogKeeper keeper, LogGuard guard, LogAlarm alarm, LogSigner signer, Clock clock) {
        this.keeper = keeper;
        this.guard = guard;
        this.alarm = alarm;
        this.signer = signer;
        this.clock = clock;
    }

    /** Proves the log, and raises the alarm or ends it. @return whether something is not as it was signed, of which nobody has taken note yet */
    boolean prove(LogId log) {
        var finding = finding(log);
        finding.ifPresentOrElse(one -> alarm.found(log, one.sentence()), () -> alarm.proved(log));
        last.put(log, new Proved(clock.instant(), finding.isPresent()));
        return finding.isPresent();
    }

    /** Somebody has taken note of what was found. */
    void forget(LogId log) {
        last.remove(log);
    }

    private Optional<Finding> finding(LogId log) {
        var first = unknown(log);
        // A checkpoint that was signed and told to the witness meanwhile looks like this too, once.
        return first.filter(one -> one.kind() == Kind.ROLLED_BACK).isPresent() ? unknown(log) : first;
    }

    /** The first that reaches beyond what somebody has taken responsibility for: {@code sluse verify-log} names the others for ever. */
    private Optional<Finding> unknown(LogId log) {
        var known = acknowledged(log);
        return verdict(log).findings().stream().filter(one -> one.to() >= known).findFirst();
    }

    /** Of how many entries somebody has last taken note; 0 when nobody ever did. */
    private long acknowledged(LogId log) {
        try (var notes = guard.witness(log).notes()) {
            return notes.flatMap(note -> signer.key().open(note).stream())
                    .filter(one -> one.acknowledged().isPresent())
                    .mapToLong(Checkpoint::size)
                    .max()
                    .orElse(0);
        } catch (IOException witnessNotThere) {
            throw new UncheckedIOException(witnessNotThere);
        }
    }

    /** Whether something in it is not as it was signed, as this node has found in the last twelve hours, or finds now. */
    boolean isAltered(LogId log) {
        return Optional.ofNullable(last.get(log))
                .filter(one -> one.at().plus(LATELY).isAfter(clock.instant()))
                .map(Proved::isAltered)
                .orElseGet(() -> prove(log));
    }

    private Verdict verdict(LogId log) {
        try (var proof = new LogProof(LogProof.Age.CURRENT, Optional.of(signer.key()), guard.witness(log)::notes,
                _ -> {
                })) {
            keeper.inDatabase(log, handle -> {
                try {
                    guard.export(log).write(handle, proof);
                    return true;
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
            });
            return proof.verdict();
        } catch (IOException witnessNotThere) {
            throw new UncheckedIOException(witnessNotThere);
        }
    }
}
