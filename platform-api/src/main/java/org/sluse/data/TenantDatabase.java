// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.function.Function;
import org.sluse.audit.AuditEntry;

/**
 * The bound tenant's database, in the schema and with the role of the plugin into which it is injected. Thread-safe; blocks.
 */
public interface TenantDatabase {

    /**
     * Does {@code work} in one transaction (read committed) that also holds {@code entry}. Commits when the work returns, rolls
     * everything back when it throws, and lets the exception through.
     *
     * @param entry what this transaction is for; there is none without
     * @throws org.sluse.problem.ProblemException {@code problem/unavailable} when the database cannot be reached
     */
    <T> T inTransaction(AuditEntry entry, Function<Transaction, T> work);
}
