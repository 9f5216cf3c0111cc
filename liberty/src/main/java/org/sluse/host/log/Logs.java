// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.written.LogId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.proof.LogSigner;
import org.sluse.tenant.TenantId;

/** What people ask of the logs: how each stands, the file that proves it, and who takes responsibility for one that is behind its witness. Thread-safe; blocks. */
@OnePerNode
public final class Logs {

    private final LogKeeper keeper;
    private final LogGuard guard;
    private final LogAlarm alarm;
    private final LogProver prover;
    private final LogSigner signer;
    private final HostSettings settings;
    private final TenantDatabases databases;
    private final ControlDatabase control;
    private final Clock clock;

    /**
     * How a log stands.
     *
     * @param entries how many have their place in it
     * @param proved how many of them the newest checkpoint counts
     * @param at when it was signed; empty when none was yet
     */
    public record Standing(long entries, long proved, Optional<Instant> at) {}

    /**
     * How the installation's logs stand.
     *
     * @param key with which all are signed, as a verifier key of C2SP signed-note
     * @param witness the folder of the witness's files
     * @param witnessState whether those files can be used, as far as this node has tried
     * @param altered by the log's name, why it is not what its witness knows, or what the proof of the last night found
     */
    public record All(String key, String witness, WitnessState witnessState, Map<String, String> altered) {}

    @Inject
    Logs(LogKeeper keeper, LogGuard guard, LogAlarm alarm, LogProver prover, LogSigner signer, HostSettings settings,
            TenantDatabases databases, ControlDatabase control, Clock clock) {
        this.keeper = keeper;
        this.guard = guard;
        this.alarm = alarm;
        this.prover = prover;
        this.signer = signer;
        this.settings = settings;
        this.databases = databases;
        this.control = control;
        this.clock = clock;
    }

    /** The public key. */
    public String key() {
        return signer.key().toString();
    }

    /** All of them. */
    public All all() {
        return new All(key(), settings.witnessDirectory().toString(), alarm.witness(), alarm.causes());
    }

    /** Whether something in the clinic's log is not as it was signed. May go through all of it. */
    public boolean isAltered(TenantId tenant) {
        return prover.isAltered(LogId.of(tenant));
    }

    /** How the log stands, once everything that is committed has its place. */
    public Standing standing(LogId log) {
        keeper.catchUp(log);
        var now = keeper.inDatabase(log, handle -> guard.store(log).standing(handle));
        return new Standing(now.entries(), now.proved(), now.at());
    }

    /** The file that proves the log, {@link org.sluse.proof.ProofLines}. Of a clinic that is not served, too. */
    public StreamingOutput proof(LogId log) {
        if (!alarm.isBehind(log)) {
            keeper.catchUp(log);
        }
        return out -> keeper.inDatabase(log, handle -> {
            try {
                guard.export(log).write(handle, out);
                return true;
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        });
    }

    /**
     * Takes note that the log is what it is now, although its witness knows another one, and goes on from here. In the witness's file, in the operator's log, and told to the clinic.
     *
     * @param why in one line
     * @throws ProblemException {@code problem/conflict} when it is what the witness knows and can be signed; {@code problem/not-allowed-value} without a reason
     */
    public void acknowledge(LogId log, String why) {
        if (why.isBlank() || why.length() > 500 || why.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.notAllowed("/why", "why",
                    "A reason is needed; right would be one line of at most 500 characters");
        }
        if (keeper.inDatabase(log, handle -> guard.isAsWitnessed(log, handle))
                && !alarm.causes().containsKey(log.toString())) {
            throw new ProblemException(Problem.CONFLICT,
                    "The log '" + log + "' is what its witness knows; there is nothing to acknowledge");
        }
        var notes = keeper.inDatabase(log, handle -> guard.acknowledgement(log, handle,
                clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + why.strip()));
        // First, so that nothing is acknowledged of which nobody is told.
        var act = Act.of("ACKNOWLEDGE", "AlteredLog", log.toString());
        control.record(log.clinic().map(act::toldTo).orElse(act));
        try {
            keeper.append(log, _ -> notes);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        alarm.end(log);
        alarm.proved(log);
        prover.forget(log);
        log.clinic().ifPresent(databases::lookAgain);
        keeper.catchUp(log);
    }
}
