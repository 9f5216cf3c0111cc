// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** Writes toggles, and keeps the gate of this node at the newest revision. See {@code docs/adr/0016-one-truth-on-many-nodes.md}. */
@OnePerNode
public final class Toggles {

    private static final Logger LOG = Logger.getLogger(Toggles.class.getName());

    private static final String ROLL_OUT = "insert into rollout (revision, plugin, stage, percent, pilots, why, at, actor) values (:revision, :plugin, :stage, :percent, :pilots, :why, :at, :actor)";
    private static final Duration COMING_BACK = Duration.ofSeconds(1);

    private final Gate gate = new Gate();
    private final ControlDatabase control;
    private final Supplier<List<PluginId>> plugins;
    private final Nodes nodes;
    private final Binding binding;
    private final Clock clock;
    private final Consumer<Object> news;
    private final RevisionWatch watch;
    // Of the watch's thread only.
    private boolean lapsed;
    private long backAt;

    /**
     * A tenant has switched a plugin, and the gate of this node already decides by it. Who observes this does not block: other tenants wait.
     *
     * @param on the new state
     */
    public record Switched(Tenant tenant, PluginId plugin, boolean on) {}

    /** This node has not been able to confirm for longer than the lease what is in force, and decides nothing until it can again. Who observes this does not block. */
    public record Lapsed() {}

    @Inject
    Toggles(ControlDatabase control, PluginRegistry plugins, Nodes nodes, Binding binding, Clock clock,
            Event<Object> events) {
        this(control, () -> plugins.all().stream().map(PluginRegistry.Installed::id).toList(), nodes, binding, clock,
                events::fire);
    }

    /** @param news told of each {@link Switched}, {@link Killed} and {@link Lapsed} */
    Toggles(ControlDatabase control, Supplier<List<PluginId>> plugins, Nodes nodes, Binding binding, Clock clock,
            Consumer<Object> news) {
        this.control = control;
        this.plugins = plugins;
        this.nodes = nodes;
        this.binding = binding;
        this.clock = clock;
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

    /**
     * Has the clinic want this of the plugin, for the actor that is bound or else the operator; in force on this node when it returns. Wanting what it wants already
     * changes nothing.
     *
     * @return the revision at which it is so
     * @throws ProblemException {@code problem/conflict} when this may not follow on what it wants now
     */
    public long set(TenantId tenant, PluginId plugin, Wish wish) {
        return set(tenant, plugin, wish, wanted(tenant, plugin));
    }

    /**
     * As {@link #set(TenantId, PluginId, Wish)}, only if the clinic still wants what it did.
     *
     * @param before what the decision rests on
     * @throws ProblemException {@code problem/conflict} when it wants something else by now
     */
    public long set(TenantId tenant, PluginId plugin, Wish wish, Wanted before) {
        if (wish != before.wish()) {
            if (!wish.mayFollow(before.wish())) {
                throw new ProblemException(Problem.CONFLICT,
                        "The module '" + plugin + "' is " + before.wish() + " and cannot become " + wish);
            }
            control.inTransaction("SWITCH_" + wish, "Module", tenant.value() + "/" + plugin.value(), handle -> {
                // Its lock makes everybody queue who switches anything.
                var revision = ControlDatabase.nextRevision(handle);
                if (wanted(handle, tenant, plugin).revision() != before.revision()) {
                    throw new ProblemException(Problem.CONFLICT, "Somebody has switched the module '" + plugin
                            + "' meanwhile; right would be to look at it once more");
                }
                insert(handle,
                        "insert into toggle (tenant, plugin, state, revision, at, actor) values (:tenant, :plugin, :state, :revision, :at, :actor)",
                        revision, actor(),
                        update -> update.bind("tenant", tenant.value())
                                .bind("plugin", plugin.value())
                                .bind("state", wish));
            });
        }
        return refresh();
    }

    /** What the clinic wants of the plugin, and who said so last. */
    public Wanted wanted(TenantId tenant, PluginId plugin) {
        return control.read(handle -> wanted(handle, tenant, plugin));
    }

    private static Wanted wanted(Handle handle, TenantId tenant, PluginId plugin) {
        return handle.createQuery(
                "select state, actor, at, revision from toggle where tenant = :tenant and plugin = :plugin order by revision desc limit 1")
                .bind("tenant", tenant.value())
                .bind("plugin", plugin.value())
                .map((row, context) -> new Wanted(Wish.valueOf(row.getString(1)), Optional.of(row.getString(2)),
                        Optional.of(row.getTimestamp(3).toInstant()), row.getLong(4)))
                .findOne()
                .orElseGet(() -> new Wanted(Wish.OFF, Optional.empty(), Optional.empty(), 0));
    }

    /**
     * What a clinic wants.
     *
     * @param by id of the actor who said so; absent when nobody ever did
     * @param since absent likewise
     * @param revision 0 likewise
     */
    public record Wanted(Wish wish, Optional<String> by, Optional<Instant> since, long revision) {}

    /**
     * What the operator has decided about a plugin for all clinics.
     *
     * @param killedRecipients by id
     */
    public record OfPlugin(boolean killed, Set<String> killedRecipients, Stage stage) {}

    /** What the operator has decided about the plugin for all clinics. */
    public OfPlugin ofPlugin(PluginId plugin) {
        var state = control.read(Switches::read);
        return new OfPlugin(state.killed().contains(new Killed(plugin, Optional.empty())),
                state.killed()
                        .stream()
                        .filter(one -> one.plugin().equals(plugin))
                        .flatMap(one -> one.recipient().stream())
                        .collect(Collectors.toSet()),
                state.stages().getOrDefault(plugin, new Stage.Everybody()));
    }

    /** What the operator holds against the plugin at this clinic now. */
    public Optional<Restriction> restriction(TenantId tenant, PluginId plugin) {
        return control.read(handle -> handle.createQuery(
                "select killed, why, at from kill where plugin = :plugin and recipient is null order by revision desc limit 1")
                .bind("plugin", plugin.value())
                .map((row, context) -> row.getBoolean(1)
                        ? Optional.of(new Restriction(Restriction.Kind.KILLED, row.getString(2),
                                row.getTimestamp(3).toInstant()))
                        : Optional.<Restriction>empty())
                .findOne()
                .flatMap(one -> one)
                .or(() -> handle.createQuery(
                        "select stage, percent, pilots, why, at from rollout where plugin = :plugin order by revision desc limit 1")
                        .bind("plugin", plugin.value())
                        .map((row, context) -> Stage.of(row.getString(1), row.getInt(2),
                                Arrays.asList((String[]) row.getArray(3).getArray())).admits(plugin, tenant)
                                        ? Optional.<Restriction>empty()
                                        : Optional.of(new Restriction(Restriction.Kind.HELD_BACK, row.getString(4),
                                                row.getTimestamp(5).toInstant())))
                        .findOne()
                        .flatMap(one -> one)));
    }

    /** The operator forbids something to every clinic, or allows it again; in force on this node when it returns. @return the revision at which it is so */
    public long kill(Killed what, boolean killed, String why) {
        change(killed ? "KILL" : "REVIVE", "Plugin",
                what.plugin() + what.recipient().map(recipient -> "/" + recipient).orElse(""),
                "insert into kill (revision, plugin, recipient, killed, why, at, actor) values (:revision, :plugin, :recipient, :killed, :why, :at, :actor)",
                update -> update.bind("plugin", what.plugin().value())
                        .bind("recipient", what.recipient())
                        .bind("killed", killed)
                        .bind("why", why));
        return refresh();
    }

    /** The operator rolls a plugin out as far as this; in force on this node when it returns. @return the revision at which it is so */
    public long rollOut(PluginId plugin, Stage stage, String why) {
        change("ROLL_OUT", "Plugin", plugin + "/" + stage.name(), ROLL_OUT,
                update -> values(update, plugin, stage, why));
        return refresh();
    }

    /** Rolls a plugin back, unless the operator has decided otherwise since that revision; without a reason in words, which pages have for it. */
    void stepBack(PluginId plugin, long since, Stage stage) {
        control.inTransaction("ROLL_BACK", "Plugin", plugin + "/" + stage.name(), handle -> {
            var revision = ControlDatabase.nextRevision(handle);
            if (handle.createQuery("select max(revision) from rollout where plugin = :plugin")
                    .bind("plugin", plugin.value())
                    .mapTo(long.class)
                    .one() == since) {
                insert(handle, ROLL_OUT, revision, "rollout-watch", update -> values(update, plugin, stage, ""));
            }
        });
        refresh();
    }

    private static Update values(Update update, PluginId plugin, Stage stage, String why) {
        return update.bind("plugin", plugin.value())
                .bind("stage", stage.name())
                .bind("percent", stage instanceof Stage.Percent(int percent) ? percent : 0)
                .bindArray("pilots", String.class,
                        stage instanceof Stage.Pilot(Set<TenantId> pilots)
                                ? pilots.stream().map(TenantId::value).sorted().toList()
                                : List.of())
                .bind("why", why);
    }

    private void insert(Handle handle, String insert, long revision, String actor, UnaryOperator<Update> values) {
        values.apply(handle.createUpdate(insert))
                .bind("revision", revision)
                .bind("at", clock.instant())
                .bind("actor", actor)
                .execute();
    }

    private String actor() {
        return binding.isBound() ? binding.actor().id() : "operator";
    }

    private void change(String action, String objectType, String objectId, String insert,
            UnaryOperator<Update> values) {
        control.inTransaction(action, objectType, objectId, handle -> {
            var revision = ControlDatabase.nextRevision(handle);
            insert(handle, insert, revision, actor(), values);
        });
    }

    /** Makes every node read again what it holds for this tenant, for example after its settings have changed. */
    public void touch() {
        control.inTransaction("CHANGE", "Revision", "*", ControlDatabase::nextRevision);
        refresh();
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
    void lost() {
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

    /** Synchronised, so that an older state never replaces a newer one. */
    private synchronized long load(Handle handle) {
        var ids = plugins.get();
        var state = Switches.read(handle);
        var on = state.on();
        var changes = new ArrayList<Switched>();
        on.forEach((tenant, now) -> {
            for (var id : ids) {
                if (gate.isOn(tenant.id(), id) != now.contains(id)) {
                    changes.add(new Switched(tenant, id, now.contains(id)));
                }
            }
        });
        gate.enforce(state.revision(), on, ids, state.killed());
        changes.forEach(this::tell);
        state.killed().forEach(this::tell);
        return state.revision();
    }
}
