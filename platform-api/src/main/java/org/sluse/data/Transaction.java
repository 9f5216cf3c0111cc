// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditEntry;

/** One open transaction. Belongs to the thread that opened it and ends with the work it was opened for. */
public interface Transaction {

    /** The connection, with the plugin's schema as its only search path. Not to be closed, committed or kept. */
    Handle handle();

    /** Adds a further audit entry, for example one for each patient whom a list touches. */
    void record(AuditEntry entry);

    /**
     * Runs the action on this thread after the commit; never after a roll-back. The tenant is still bound. An action that throws is logged: the caller hears that
     * the work is committed, and the actions after it run.
     */
    void afterCommit(Runnable action);
}
