// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import org.jdbi.v3.core.Handle;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** Asked before a node serves a clinic for the first time, and again after {@link TenantDatabases#lookAgain}. */
public interface ServedCheck {

    /**
     * Looks at the clinic's database. May block.
     *
     * @param handle a transaction of the host's own role there
     * @throws ProblemException when the clinic may not be served as its database is
     */
    void require(TenantId tenant, Handle handle);
}
