// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.gate.Nodes;
import org.sluse.host.key.Vault;
import org.sluse.host.location.Locations;
import org.sluse.host.look.Look;
import org.sluse.tenant.TenantId;

/**
 * This node among the others of its location. Alone it opens nothing; as soon as the control database knows of a second one that serves, it joins. A node that cannot confirm what is in force leaves, so that its
 * clinics have another home, and joins again when it can. Thread-safe.
 */
@OnePerNode
public final class Cluster implements Members {

    private static final Logger LOG = Logger.getLogger(Cluster.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Counts what nodes of another version of this package would not understand: those are groups of their own. */
    private static final String FORM = "1";
    /** A node that has just started, or has just died, is no reason for an alarm. */
    private static final int LOOKS_OF_PATIENCE = 15;

    private final Function<Group.Listener, Group> join;
    private final IntSupplier serving;
    private final BooleanSupplier confirmed;
    private final Look look = new Look("cluster");
    private final ExecutorService changes = Executors
            .newSingleThreadExecutor(Thread.ofVirtual().name("cluster-changes").factory());
    private volatile Listener listener = new Nobody();
    private volatile @Nullable Group group;
    private volatile Optional<String> unusable = Optional.empty();
    private volatile int apart;

    private static final class Nobody implements Listener {

        @Override
        public void changed(boolean merged) {
            // Nothing is carried yet.
        }

        @Override
        public void received(UUID from, byte[] bytes) {
            LOG.log(Level.INFO, "nobody-listens from={0}", from);
        }
    }

    @Inject
    Cluster(ClusterSettings settings, Vault vault, ControlDatabase control, Nodes nodes, Locations locations,
            Gate gate) {
        this(listener -> new Group("sluse-" + FORM + "-" + locations.own().id(), settings, new ClusterKeys(vault),
                control.source(), listener), () -> nodes.serving(locations.own()), gate::isConfirmed);
    }

    /**
     * A node.
     *
     * @param join opens the channel; blocks
     * @param serving how many nodes serve this location, this one among them
     * @param confirmed whether this node knows what it may do
     */
    Cluster(Function<Group.Listener, Group> join, IntSupplier serving, BooleanSupplier confirmed) {
        this.join = join;
        this.serving = serving;
        this.confirmed = confirmed;
    }

    /** Joins the others if there are any, before this node has clinics of its own, and looks for them from now on. */
    public void start() {
        look();
        look.every(BETWEEN_LOOKS, this::look);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
        leave();
        changes.shutdownNow();
    }

    /** Not on the thread of whoever tells: they wait for nobody, and the others may not answer. */
    void lapsed(@Observes GateKeeper.Lapsed lapsed) {
        Thread.ofVirtual().name("cluster-leave").start(this::leave);
    }

    synchronized void look() {
        if (!confirmed.getAsBoolean()) {
            return;
        }
        var others = serving.getAsInt() - 1;
        if (group == null && others > 0) {
            join();
        }
        apart = others > connected() ? apart + 1 : 0;
    }

    private void join() {
        try {
            var joined = join.apply(new Group.Listener(this::changed, this::received));
            group = joined;
            unusable = Optional.empty();
            LOG.log(Level.INFO, "cluster-joined self={0}", joined.self());
            changed(false);
        } catch (UnusableClusterException wrong) {
            if (unusable.isEmpty()) {
                LOG.log(Level.SEVERE, "cluster-not-joined reason={0}", wrong.why());
            }
            unusable = Optional.of(wrong.why());
        }
    }

    private synchronized void leave() {
        var left = group;
        group = null;
        if (left != null) {
            left.close();
            LOG.log(Level.INFO, "cluster-left self={0}", left.self());
            changed(false);
        }
    }

    private void changed(boolean merged) {
        if (!changes.isShutdown()) {
            changes.execute(() -> {
                LOG.log(Level.INFO, "cluster-changed others={0} merged={1}", new Object[]{connected(), merged});
                listener.changed(merged);
            });
        }
    }

    private void received(UUID from, byte[] bytes) {
        listener.received(from, bytes);
    }

    private List<UUID> members() {
        var joined = group;
        return joined == null ? List.of() : joined.members();
    }

    /** How many other nodes hear this one. */
    int connected() {
        return Math.max(0, members().size() - 1);
    }

    /** What the operator has to mend; empty when this node is alone, or hears everybody. */
    Optional<String> alarm() {
        return unusable.or(() -> apart > LOOKS_OF_PATIENCE
                ? Optional.of("Another node serves this location, and does not hear this one; right would be a "
                        + "sluse.cluster.address on each that the others reach, and the same keys/root.json")
                : Optional.empty());
    }

    @Override
    public Optional<UUID> home(TenantId clinic) {
        var joined = group;
        return joined == null
                ? Optional.empty()
                : Rendezvous.home(clinic, joined.members()).filter(node -> !node.equals(joined.self()));
    }

    @Override
    public boolean isThere(UUID node) {
        return members().contains(node);
    }

    @Override
    public void send(UUID node, byte[] bytes) {
        var joined = group;
        if (joined == null || !joined.members().contains(node)) {
            throw new IllegalStateException("Node '" + node + "' is not there any more");
        }
        joined.send(node, bytes);
    }

    @Override
    public void listen(Listener whom) {
        listener = whom;
    }
}
