// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import jakarta.inject.Inject;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;

/** Writes into the bound clinic's audit trail who was refused what, and why. Thread-safe; blocks. */
@OnePerNode
public final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class.getName());
    private static final Set<Problem> WRONG_LINKS = Set.of(Problem.LINK_NOT_IN_USE, Problem.LINK_EXPIRED);

    private final DataPorts data;
    private final Binding binding;

    @Inject
    Refusals(DataPorts data, Binding binding) {
        this.data = data;
        this.binding = binding;
    }

    /**
     * A call was refused. Only what says something about the caller is written down: a role that is not enough, a link that is wrong. What is mistyped, busy or not there is not.
     *
     * @param owner whose address it was
     * @param reads whether the call would have changed nothing
     * @param what the kind of object, in code's words
     */
    public void record(PluginId owner, boolean reads, String what, Problem problem) {
        if (WRONG_LINKS.contains(problem)) {
            record(owner, AuditEntry.of(AuditAction.SIGN_IN, "Link", "*").refused(problem.slug()));
        } else if (problem.equals(Problem.FORBIDDEN)) {
            record(owner, AuditEntry.of(reads ? AuditAction.READ : AuditAction.CHANGE, what, "*")
                    .refused(problem.slug()));
        }
    }

    /** A page of another site has made a browser of somebody's ask. */
    public void recordForged(String address) {
        record(TenantDatabases.CORE, AuditEntry.of(AuditAction.CHANGE, address, "*").refused("other-site"));
    }

    /** Refuses all the same when it cannot be written down: the refusal gives nothing away. */
    public void record(PluginId owner, AuditEntry refused) {
        if (!binding.isBound()) {
            return;
        }
        try {
            data.forPlugin(owner).inTransaction(refused, tx -> true);
        } catch (RuntimeException unwritable) {
            LOG.log(Level.WARNING, "refusal-not-recorded tenant={0} cause={1}",
                    new Object[]{binding.tenant().id(), unwritable.getClass().getName()});
        }
    }
}
