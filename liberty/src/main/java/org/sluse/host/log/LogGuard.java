// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.ServedCheck;
import org.sluse.host.written.LogId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.proof.LogSigner;
import org.sluse.proof.Witness;
import org.sluse.tenant.TenantId;

/** Holds a log against its witness. A clinic whose log is not what the witness knows is not served until somebody has acknowledged it (ADR 0028). Thread-safe; blocks. */
@OnePerNode
final class LogGuard implements ServedCheck {

    private static final Logger LOG = Logger.getLogger(LogGuard.class.getName());

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

    /** Raises the alarm when it is not, and ends it when it is. A witness that cannot be read is no witness; the log says so. */
    boolean isAsWitnessed(LogId log, Handle handle) {
        try {
            var behind = witness(log).last().flatMap(note -> store(log).behind(handle, note));
            behind.ifPresentOrElse(cause -> alarm.raise(log, cause), () -> alarm.end(log));
            return behind.isEmpty();
        } catch (IOException unreadable) {
            LOG.log(Level.SEVERE, "witness-not-read log={0} cause={1}", new Object[]{log, unreadable.getMessage()});
            return true;
        }
    }

    void raise(LogId log, String cause) {
        alarm.raise(log, cause);
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

    Witness witness(LogId log) {
        return new Witness(settings.witnessDirectory().resolve(log + ".txt"));
    }
}
