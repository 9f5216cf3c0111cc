// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.sluse.host.config.HostSettings;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.key.Vaults;
import org.sluse.host.written.LogId;
import org.sluse.host.written.Written;
import org.sluse.proof.LogProof;
import org.sluse.proof.LogSigner;
import org.sluse.proof.Verdict;
import org.sluse.testkit.ManualClock;

/** What keeps logs on a node, for tests: nothing happens by itself. */
final class LogsAtHand {

    static final LogSigner SIGNER = LogSigner.make("sluse.example");

    final ManualClock clock = new ManualClock();
    final LogAlarm alarm;
    final LogGuard guard;
    final LogKeeper keeper;
    final LogProver prover;
    final Logs logs;

    /** @param folder the node's data folder, with its witness */
    LogsAtHand(Path folder) {
        this(Vaults.settings(folder));
    }

    /** @param folder the node's data folder @param witness the folder that the operator has named */
    LogsAtHand(Path folder, Path witness) {
        this(new HostSettings(folder, URI.create("http://127.0.0.1:8080"), Optional.empty(), false, true, 100,
                "Frankfurt", witness));
    }

    private LogsAtHand(HostSettings settings) {
        var control = ControlDatabases.running(clock);
        this.alarm = new LogAlarm(control);
        this.guard = new LogGuard(SIGNER, settings, alarm);
        this.keeper = new LogKeeper(new Written(), guard, SIGNER, control, TestClinics.DATABASES, any -> false,
                any -> false,
                LogSettings.of(any -> Optional.empty()), clock);
        this.prover = new LogProver(keeper, guard, alarm, SIGNER, clock);
        this.logs = new Logs(keeper, guard, alarm, prover, SIGNER, settings, TestClinics.DATABASES, control, clock);
    }

    /** As {@code sluse verify-log} does it. */
    Verdict verify(LogId log) {
        var file = new ByteArrayOutputStream();
        try {
            logs.proof(log).write(file);
            return LogProof.verify(new ByteArrayInputStream(file.toByteArray()), LogProof.Age.CURRENT,
                    Optional.of(SIGNER.key()),
                    guard.witness(log)::notes, _ -> {
                    });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
