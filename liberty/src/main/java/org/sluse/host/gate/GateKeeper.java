// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.location.Locations;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** Keeps the gate of this node at the newest revision, and shut when that cannot be confirmed. See {@code docs/adr/0016-one-truth-on-many-nodes.md}. */
@OnePerNode
public final class GateKeeper {

    private static final Logger LOG = Logger.getLogger(GateKeeper.class.getName());
    private static final Duration COMING_BACK = Duration.ofSeconds(1);

    private final Gate gate = new Gate();
    private final ControlDatabase control;
    private final Supplier<List<PluginId>> plugins;
    private final Predicate<Tenant> here;
    private final Nodes nodes;
    private final Consumer<Object> news;
    private final RevisionWatch watch;
    // Of the watch's thread only.
    private boolean lapsed;
    private long backAt;

    /**
     * A plugin is on or off for a tenant by now, and the gate of this node already decides by it. Who observes this does not block: other tenants wait.
     *
     * @param on the new state
     */
    public record Switched(Tenant tenant, PluginId plugin, boolean on) {}

    /**
     * A clinic has gone elsewhere, or for good, and this node decides so already, or has come from there, and this node is about to serve it: what the node knows of its database is over.
     * Who observes this does not block.
     */
    public record Placed(TenantId clinic) {}

    /** This node has not been able to confirm for longer than the lease what is in force, and decides nothing until it can again. Who observes this does not block. */
    public record Lapsed() {}

    @Inject
    GateKeeper(ControlDatabase control, PluginRegistry plugins, Locations locations, Nodes nodes,
            Event<Object> events) {
        this(control, () -> plugins.all().stream().map(PluginRegistry.Installed::id).toList(),
                tenant -> locations.own().is(tenant.location()), nodes, events::fire);
    }

    /**
     * @param here whose data rests at this node's location
     * @param news told of each {@link Switched}, {@link Placed}, {@link Killed} and {@link Lapsed}
     */
    GateKeeper(ControlDatabase control, Supplier<List<PluginId>> plugins, Predicate<Tenant> here, Nodes nodes,
            Consumer<Object> news) {
        this.control = control;
        this.plugins = plugins;
        this.here = here;
        this.nodes = nodes;
        this.news = news;
        this.watch = new RevisionWatch(control, this::look, this::lost, nodes::leave);
    }

    @Produces
    @Singleton
    Gate gate() {
        return gate;
    }

    /** Loads what is in force and follows it from now on. */
    public void start() {
        control.inTransaction("START", "Node", nodes.self().toString(), nodes::forget);
        var askedAt = gate.nanoTime();
        refresh();
        gate.confirm(askedAt);
        watch.start();
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        watch.stop();
    }

    /** Puts in force on this node what is in force now. @return its revision */
    public long refresh() {
        return control.read(handle -> {
            var revision = load(handle);
            nodes.acknowledge(handle, revision);
            return revision;
        });
    }

    /**
     * One look. A node whose lease was over loads everything at the first look and serves again a second later: what it was about to do before it was paused
     * meets a gate that is still shut.
     */
    void look(Handle handle) {
        lost();
        var askedAt = gate.nanoTime();
        var newest = ControlDatabase.revision(handle);
        if (newest != gate.revision() || lapsed && backAt == 0) {
            load(handle);
        }
        nodes.acknowledge(handle, gate.revision());
        if (lapsed && backAt == 0) {
            backAt = askedAt;
        }
        if (!lapsed || askedAt - backAt >= COMING_BACK.toNanos()) {
            lapsed = false;
            gate.confirm(askedAt);
        }
    }

    /** A look has failed, or is about to be taken: says so once when the lease is over. */
    private void lost() {
        if (!lapsed && !gate.isConfirmed()) {
            lapsed = true;
            backAt = 0;
            LOG.log(Level.WARNING, "lease-over revision={0}", gate.revision());
            tell(new Lapsed());
        }
    }

    /** The gate has decided already; who fails to clean up after itself keeps nobody else from hearing of it. */
    private void tell(Object what) {
        try {
            news.accept(what);
        } catch (RuntimeException failed) {
            LOG.log(Level.SEVERE, "switch-not-finished news={0} cause={1}",
                    new Object[]{what.getClass().getSimpleName(), failed.getClass().getName()});
        }
    }

    private Stream<PluginId> on(Tenant tenant, List<PluginId> ids) {
        return ids.stream().filter(id -> gate.isOn(tenant.id(), id));
    }

    /** Synchronised, so that an older state never replaces a newer one. */
    private synchronized long load(Handle handle) {
        var ids = plugins.get();
        var state = Switches.read(handle);
        var on = state.on();
        Predicate<Tenant> isServed = tenant -> here.test(tenant) && !state.moving().contains(tenant.id());
        var elsewhere = on.keySet()
                .stream()
                .filter(Predicate.not(isServed))
                .map(Tenant::id)
                .collect(Collectors.toUnmodifiableSet());
        on.keySet().removeIf(Predicate.not(isServed));
        var changes = new ArrayList<Switched>();
        // What has gone elsewhere meanwhile, or has left for good, has nothing on here any more.
        var stay = on.keySet().stream().map(Tenant::id).collect(Collectors.toUnmodifiableSet());
        var leaving = gate.tenants().stream().filter(tenant -> !stay.contains(tenant.id())).toList();
        leaving.forEach(tenant -> on(tenant, ids).forEach(id -> changes.add(new Switched(tenant, id, false))));
        on.forEach((tenant, now) -> {
            for (var id : ids) {
                if (gate.isOn(tenant.id(), id) != now.contains(id)) {
                    changes.add(new Switched(tenant, id, now.contains(id)));
                }
            }
        });
        if (elsewhere.size() != gate.countElsewhere()) {
            LOG.log(Level.INFO, "clinics-elsewhere count={0}", elsewhere.size());
        }
        var gone = leaving.stream().map(Tenant::id).map(Placed::new).toList();
        on.keySet().stream().map(Tenant::id).filter(gate::isElsewhere).map(Placed::new).forEach(this::tell);
        gate.enforce(state.revision(), on, ids, state.killed(), elsewhere);
        changes.forEach(this::tell);
        gone.forEach(this::tell);
        state.killed().forEach(this::tell);
        return state.revision();
    }
}
