// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** Writes toggles, and keeps the gate of this node at the newest revision by asking for it every 250 ms. */
@OnePerNode
public final class Toggles {

    private static final Logger LOG = Logger.getLogger(Toggles.class.getName());
    private static final long POLL_MILLISECONDS = 250;

    private final Gate gate = new Gate();
    private final ControlDatabase control;
    private final Tenants tenants;
    private final PluginRegistry plugins;
    private final Binding binding;
    private final Clock clock;
    private final Event<Switched> switched;
    private final ScheduledExecutorService poller = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("toggles").factory());

    /**
     * A tenant has switched a plugin, and the gate of this node already decides by it.
     *
     * @param on the new state
     */
    public record Switched(Tenant tenant, PluginId plugin, boolean on) {}

    @Inject
    Toggles(ControlDatabase control, Tenants tenants, PluginRegistry plugins, Binding binding, Clock clock,
            Event<Switched> switched) {
        this.control = control;
        this.tenants = tenants;
        this.plugins = plugins;
        this.binding = binding;
        this.clock = clock;
        this.switched = switched;
    }

    @Produces
    @Singleton
    Gate gate() {
        return gate;
    }

    /** Loads what is in force and follows it from now on. */
    public void start() {
        refresh();
        poller.scheduleWithFixedDelay(this::poll, POLL_MILLISECONDS, POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        poller.shutdownNow();
    }

    /** Switches, for the actor that is bound or else the operator; in force on this node when it returns. Switching to what already is changes nothing. */
    public void set(TenantId tenant, PluginId plugin, boolean on) {
        // What another node has switched within the last 250 ms is not known here yet.
        refresh();
        if (gate.isOn(tenant, plugin) != on) {
            control.inTransaction(on ? "SWITCH_ON" : "SWITCH_OFF", "Module", tenant.value() + "/" + plugin.value(),
                    handle -> {
                        var revision = ControlDatabase.nextRevision(handle);
                        handle.createUpdate(
                                "insert into toggle (tenant, plugin, is_on, revision, at, actor) values (:tenant, :plugin, :on, :revision, :at, :actor)")
                                .bind("tenant", tenant.value())
                                .bind("plugin", plugin.value())
                                .bind("on", on)
                                .bind("revision", revision)
                                .bind("at", clock.instant())
                                .bind("actor", binding.isBound() ? binding.actor().id() : "operator")
                                .execute();
                    });
        }
        refresh();
    }

    /** Makes every node read again what it holds for this tenant, for example after its settings have changed. */
    public void touch() {
        control.inTransaction("CHANGE", "Revision", "*", ControlDatabase::nextRevision);
        refresh();
    }

    private void poll() {
        try {
            if (control.read(handle -> handle.createQuery("select value from revision").mapTo(long.class).one()) != gate
                    .revision()) {
                refresh();
            }
        } catch (RuntimeException unreachable) {
            // An executor would silently never call again; the next look is in 250 ms.
            LOG.log(Level.WARNING, "toggles-not-read revision={0} cause={1}",
                    new Object[]{gate.revision(), unreachable.getClass().getName()});
        }
    }

    /** The gate has decided already; a plugin that fails to clean up after itself keeps nobody else from hearing of it. */
    private void tell(Switched change) {
        try {
            switched.fire(change);
        } catch (RuntimeException failed) {
            LOG.log(Level.SEVERE, "switch-not-finished plugin={0} cause={1}",
                    new Object[]{change.plugin(), failed.getClass().getName()});
        }
    }

    /** Puts in force on this node what is in force now. Synchronised, so that an older state never replaces a newer one. */
    public synchronized void refresh() {
        var revision = control.read(handle -> handle.createQuery("select value from revision").mapTo(long.class).one());
        var ids = plugins.all().stream().map(PluginRegistry.Installed::id).toList();
        Map<Tenant, List<PluginId>> on = new LinkedHashMap<>();
        Map<TenantId, Tenant> byId = new LinkedHashMap<>();
        for (var tenant : tenants.all()) {
            on.put(tenant, new ArrayList<>());
            byId.put(tenant.id(), tenant);
        }
        control.read(handle -> handle.createQuery(
                "select distinct on (tenant, plugin) tenant, plugin, is_on from toggle order by tenant, plugin, revision desc")
                .map((row, context) -> {
                    var tenant = byId.get(new TenantId(row.getString(1)));
                    if (tenant != null && row.getBoolean(3)) {
                        on.getOrDefault(tenant, new ArrayList<>()).add(new PluginId(row.getString(2)));
                    }
                    return true;
                })
                .list());
        var changes = new ArrayList<Switched>();
        on.forEach((tenant, now) -> {
            for (var id : ids) {
                if (gate.isOn(tenant.id(), id) != now.contains(id)) {
                    changes.add(new Switched(tenant, id, now.contains(id)));
                }
            }
        });
        gate.enforce(revision, on, ids);
        changes.forEach(this::tell);
    }
}
