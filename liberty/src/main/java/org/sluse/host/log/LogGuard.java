// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.ServedCheck;
import org.sluse.host.written.LogId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.proof.Checkpoint;
import org.sluse.proof.LogSigner;
import org.sluse.proof.Witness;
import org.sluse.tenant.TenantId;

/** Holds a log against its witness. A clinic whose log is not what the witness knows is not served until somebody has acknowledged it (ADR 0028). Thread-safe; blocks. */
@OnePerNode
final class LogGuard implements ServedCheck {

    private final LogSigner signer;
    private final HostSettings settings;
    private final LogAlarm alarm;

    @Inject
    LogGuard(LogSigner signer, HostSettings settings, LogAlarm alarm) {
        this.signer = signer;
        this.settings = settings;
        this.alarm = alarm;
    }

    @Override
    public void require(TenantId tenant, Handle handle) {
        if (!isAsWitnessed(LogId.of(tenant), handle)) {
            throw new ProblemException(Problem.UNAVAILABLE,
                    "The clinic's log is not what its witness knows, so that it may have been altered or rolled back; the operator has to look into it");
        }
    }

    /** Raises the alarm when it is not. */
    boolean isAsWitnessed(LogId log, Handle handle) {
        return isAsWitnessed(log, witnessed(log), handle);
    }

    /** The same. @param witnessed what {@link #witnessed} gave just now */
    boolean isAsWitnessed(LogId log, Optional<String> witnessed, Handle handle) {
        var behind = witnessed.flatMap(note -> store(log).behind(handle, note));
        behind.ifPresent(cause -> alarm.raise(log, cause));
        return behind.isEmpty();
    }

    /** The witness's last note; empty when it has none yet. Also when it cannot be read, of which the server's log and its health tell: clinics are served all the same. */
    Optional<String> witnessed(LogId log) {
        try {
            var last = witness(log).last();
            alarm.witnessRead(log);
            return last;
        } catch (IOException unreadable) {
            alarm.witnessNotRead(log, unreadable);
            return Optional.empty();
        }
    }

    /** The log as it is now, acknowledged: what is to be appended to the witness's file. @throws UncheckedIOException when that cannot be read */
    List<String> acknowledgement(LogId log, Handle handle, String why) {
        return store(log).acknowledge(handle, checkpoint -> hasPassed(log, checkpoint), why);
    }

    private boolean hasPassed(LogId log, Checkpoint checkpoint) {
        try (var notes = witness(log).notes()) {
            var known = notes.flatMap(note -> signer.key().open(note).stream())
                    .filter(one -> one.size() >= checkpoint.size())
                    .toList();
            return known.stream()
                    .anyMatch(one -> one.size() == checkpoint.size() && Arrays.equals(one.root(), checkpoint.root()))
                    && known.getLast().size() > checkpoint.size();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void raise(LogId log, String cause) {
        alarm.raise(log, cause);
    }

    void end(LogId log) {
        alarm.end(log);
    }

    /** As {@link LogAlarm#witnessNotWritten}. */
    void notWitnessed(LogId log, IOException why) {
        alarm.witnessNotWritten(log, why);
    }

    /** As {@link LogAlarm#witnessWritten}. */
    void isWitnessed(LogId log) {
        alarm.witnessWritten(log);
    }

    /** As {@link LogAlarm#forget}. */
    void forget(LogId log) {
        alarm.forget(log);
    }

    LogStore store(LogId log) {
        return new LogStore(LogForm.of(log), origin(log), signer);
    }

    LogExport export(LogId log) {
        return new LogExport(LogForm.of(log), origin(log), signer.key());
    }

    private String origin(LogId log) {
        return signer.key().name() + "/" + log;
    }

    /** @throws IOException when the folder that the operator has named is not there: its disk may not be mounted, and what would be made there instead would be a new witness */
    Witness witness(LogId log) throws IOException {
        var folder = settings.witnessDirectory();
        if (!settings.isWitnessOwn() && !Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null,
                    "sluse.witness is not there; right would be a folder that was made before, on a disk that is mounted");
        }
        return new Witness(folder.resolve(log + ".txt"));
    }
}
