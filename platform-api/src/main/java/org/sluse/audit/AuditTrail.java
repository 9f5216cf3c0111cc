// SPDX-License-Identifier: Apache-2.0
package org.sluse.audit;

/**
 * The append-only trail of the bound tenant, for acts that have no transaction of their own (a refusal, mostly). An act inside
 * a transaction is recorded with {@link org.sluse.data.Transaction#record}. Thread-safe; blocks until the row is durable.
 */
public interface AuditTrail {

    /** Appends one entry in a transaction of its own. */
    void record(AuditEntry entry);
}
