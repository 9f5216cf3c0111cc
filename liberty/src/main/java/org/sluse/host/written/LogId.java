// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.written;

import java.util.Optional;
import org.sluse.tenant.TenantId;

/**
 * A log of the installation.
 *
 * @param clinic whose audit trail it is; empty for the operator's own log
 */
public record LogId(Optional<TenantId> clinic) {

    /** What was done to the platform. */
    public static final LogId OPERATOR = new LogId(Optional.empty());

    /** A clinic's audit trail. */
    public static LogId of(TenantId clinic) {
        return new LogId(Optional.of(clinic));
    }

    /** {@code operator}, or {@code clinic/} and the clinic's id. */
    @Override
    public String toString() {
        return clinic.map(id -> "clinic/" + id).orElse("operator");
    }
}
