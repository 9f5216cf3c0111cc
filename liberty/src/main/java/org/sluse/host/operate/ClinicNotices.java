// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.look.Look;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.tenant.TenantId;

/**
 * Tells clinics of acts that touch them and that were done to the platform: each becomes an entry of the clinic's own audit trail, one clinic after the other, on whichever
 * node looks first: seconds for one clinic, longer for an act that touches thousands. One whose database is down is told once it is back; a node that dies between the two databases tells twice.
 */
@OnePerNode
public final class ClinicNotices {

    private static final Logger LOG = Logger.getLogger(ClinicNotices.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Look look = new Look("notices");
    private final ControlDatabase control;
    private final DataPorts data;
    private final Gate gate;
    private final Binding binding;

    private record Notice(long log, TenantId tenant, Actor actor, Source source, AuditEntry entry) {}

    @Inject
    ClinicNotices(ControlDatabase control, DataPorts data, Gate gate, Binding binding) {
        this.control = control;
        this.data = data;
        this.gate = gate;
        this.binding = binding;
    }

    /** Tells from now on. */
    public void start() {
        look.every(BETWEEN_LOOKS, this::look);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    private void look() {
        while (!Thread.currentThread().isInterrupted() && tellOne()) {
            // One at a time, in a transaction each: what is told is told, whatever becomes of the next.
        }
    }

    /** @return whether there was one */
    boolean tellOne() {
        return control.write(handle -> {
            var next = next(handle);
            next.ifPresent(notice -> handle.createUpdate(tell(notice)
                    ? "delete from operator_notice where log = :log and tenant = :tenant"
                    : "update operator_notice set try_after = now() + interval '1 minute' where log = :log and tenant = :tenant")
                    .bind("log", notice.log())
                    .bind("tenant", notice.tenant().value())
                    .execute());
            return next.isPresent();
        });
    }

    private static Optional<Notice> next(Handle handle) {
        return handle.createQuery(
                """
                        select log, notice.tenant, actor_kind, actor_id, network, agent, action, object_type, object_id
                        from operator_notice notice join operator_log on operator_log.id = log
                        where try_after <= now() order by try_after, log limit 1 for update of notice skip locked""")
                .map((row, context) -> new Notice(row.getLong(1), new TenantId(row.getString(2)),
                        new Actor(Actor.Kind.valueOf(row.getString(3)), row.getString(4), Set.of()),
                        new Source(row.getString(5), Source.Agent.valueOf(row.getString(6))),
                        entry(row.getString(7), row.getString(8), row.getString(9))))
                .findOne();
    }

    /** In the clinic's words: what the operator calls a plugin is a module there. */
    private static AuditEntry entry(String action, String objectType, String objectId) {
        return switch (action) {
            case "KILL" -> AuditEntry.of(AuditAction.SWITCH_OFF, "Module", objectId);
            case "REVIVE" -> AuditEntry.of(AuditAction.SWITCH_ON, "Module", objectId);
            case "READ" -> AuditEntry.read(objectType, objectId);
            case "CREATE" -> AuditEntry.of(AuditAction.CREATE, objectType, objectId);
            default ->
                AuditEntry.of(AuditAction.CHANGE, objectType.equals("Plugin") ? "Rollout" : objectType, objectId);
        };
    }

    private boolean tell(Notice notice) {
        var tenant = gate.tenant(notice.tenant());
        if (tenant.isEmpty()) {
            // Made a moment ago on another node.
            return false;
        }
        try {
            return binding.from(notice.source(), () -> binding.call(tenant.get(), notice.actor(),
                    () -> data.forPlugin(TenantDatabases.CORE).inTransaction(notice.entry(), tx -> true)));
        } catch (RuntimeException unwritable) {
            LOG.log(Level.WARNING, "notice-not-told tenant={0} cause={1}",
                    new Object[]{notice.tenant(), unwritable.getClass().getName()});
            return false;
        }
    }
}
