// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.written.LogId;

/** Which logs are not what their witness knows or what was signed, and whether the witness's files can be used, as far as this node has looked; what was altered is said once in the operator's log, and all of it once in the server's. Thread-safe. */
@OnePerNode
final class LogAlarm {

    private static final Logger LOG = Logger.getLogger(LogAlarm.class.getName());

    private final ControlDatabase control;
    private final Map<LogId, String> behind = new ConcurrentHashMap<>();
    /** What going through the whole of a log has found; ends when that finds nothing. */
    private final Map<LogId, String> found = new ConcurrentHashMap<>();
    private final Set<LogId> witnessNotRead = ConcurrentHashMap.newKeySet();
    private final Set<LogId> witnessNotWritten = ConcurrentHashMap.newKeySet();

    @Inject
    LogAlarm(ControlDatabase control) {
        this.control = control;
    }

    /** @param cause a sentence without the log's name */
    void raise(LogId log, String cause) {
        if (behind.put(log, cause) == null) {
            say("log-behind-witness", log, cause);
        }
    }

    /** The log is not what was signed. @param what a sentence without the log's name */
    void found(LogId log, String what) {
        if (found.put(log, what) == null) {
            say("log-altered", log, what);
        }
    }

    /** All of it is what was signed. */
    void proved(LogId log) {
        found.remove(log);
    }

    private void say(String event, LogId log, String cause) {
        LOG.log(Level.SEVERE, event + " log={0} cause={1}", new Object[]{log, cause});
        var act = Act.of("FIND", "AlteredLog", log.toString());
        try {
            control.record(log.clinic().map(act::at).orElse(act));
        } catch (RuntimeException unreachable) {
            LOG.log(Level.WARNING, "altered-log-not-recorded log={0} cause={1}",
                    new Object[]{log, unreachable.getClass().getName()});
        }
    }

    void end(LogId log) {
        behind.remove(log);
    }

    void witnessNotRead(LogId log, IOException why) {
        if (witnessNotRead.add(log)) {
            LOG.log(Level.SEVERE, "witness-not-read log={0} cause={1}", new Object[]{log, why.getMessage()});
        }
    }

    void witnessRead(LogId log) {
        witnessNotRead.remove(log);
    }

    /** A checkpoint that is in the database is not in the witness's file. */
    void witnessNotWritten(LogId log, IOException why) {
        if (witnessNotWritten.add(log)) {
            LOG.log(Level.SEVERE, "witness-not-written log={0} cause={1}", new Object[]{log, why.getMessage()});
        }
    }

    /** Every checkpoint of the log is in the witness's file. */
    void witnessWritten(LogId log) {
        if (witnessNotWritten.remove(log)) {
            LOG.log(Level.INFO, "witness-written log={0}", log);
        }
    }

    /** How it was at the last attempt with each log. */
    WitnessState witness() {
        if (!witnessNotRead.isEmpty()) {
            return WitnessState.UNREADABLE;
        }
        return witnessNotWritten.isEmpty() ? WitnessState.USABLE : WitnessState.UNWRITABLE;
    }

    /** Somebody else keeps the log now, or nobody: what this node has seen of it is no alarm any more. */
    void forget(LogId log) {
        behind.remove(log);
        found.remove(log);
        witnessNotRead.remove(log);
        witnessNotWritten.remove(log);
    }

    /** Whether it is not what its witness knows. */
    boolean isBehind(LogId log) {
        return behind.containsKey(log);
    }

    /** By the log's name, what is wrong with it. */
    Map<String, String> causes() {
        var all = new TreeMap<String, String>();
        found.forEach((log, cause) -> all.put(log.toString(), cause));
        behind.forEach((log, cause) -> all.put(log.toString(), cause));
        return all;
    }
}
