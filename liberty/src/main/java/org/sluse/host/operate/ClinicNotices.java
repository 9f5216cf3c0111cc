// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
import org.sluse.host.look.Crew;
import org.sluse.host.look.Look;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.tenant.TenantId;

/**
 * Tells clinics of acts that touch them and that were done to the platform: each becomes an entry of the clinic's own audit trail, several clinics at a time, on whichever node looks first; each clinic in
 * the order of the acts. One whose database is down is told once it is back; what a node that dies had taken is told by another a minute later, twice when it died between the two databases.
 */
@OnePerNode
public final class ClinicNotices {

    private static final Logger LOG = Logger.getLogger(ClinicNotices.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** The first that a clinic has yet to be told of, taken for a minute: longer than telling lasts. No connection is held meanwhile, and what comes after it waits for it. */
    static final String CLAIM = """
            with next as (
                select log, tenant from operator_notice notice
                where try_after <= now() and not exists (
                    select 1 from operator_notice earlier where earlier.tenant = notice.tenant and earlier.log < notice.log)
                order by try_after, log limit 1 for update of notice skip locked
            ), claimed as (
                update operator_notice notice set try_after = now() + interval '1 minute' from next
                where notice.log = next.log and notice.tenant = next.tenant returning notice.log, notice.tenant
            )
            select log, claimed.tenant, actor_kind, actor_id, network, agent, action, object_type, object_id
            from claimed join operator_log on operator_log.id = log""";

    private final Look look = new Look("notices");
    private final ControlDatabase control;
    private final Predicate<Notice> teller;

    /** An act that a clinic has to be told of. */
    record Notice(long log, TenantId tenant, Actor actor, Source source, AuditEntry entry) {}

    @Inject
    ClinicNotices(ControlDatabase control, DataPorts data, Gate gate, Binding binding) {
        this(control, notice -> tell(notice, data, gate, binding));
    }

    /** @param teller puts it into the clinic's trail; whether it is there */
    ClinicNotices(ControlDatabase control, Predicate<Notice> teller) {
        this.control = control;
        this.teller = teller;
    }

    /** Tells from now on. */
    public void start() {
        look.every(BETWEEN_LOOKS, () -> Crew.work(this::tellOne));
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    /** Tells the next one. @return whether there was one */
    boolean tellOne() {
        var next = control.write(ClinicNotices::claim);
        next.filter(teller)
                .ifPresent(told -> control.write(handle -> handle
                        .createUpdate("delete from operator_notice where log = :log and tenant = :tenant")
                        .bind("log", told.log())
                        .bind("tenant", told.tenant().value())
                        .execute()));
        return next.isPresent();
    }

    private static Optional<Notice> claim(Handle handle) {
        return handle.createQuery(CLAIM)
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

    private static boolean tell(Notice notice, DataPorts data, Gate gate, Binding binding) {
        var tenant = gate.tenant(notice.tenant());
        if (tenant.isEmpty()) {
            // Made a moment ago on another node, or another location's.
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
