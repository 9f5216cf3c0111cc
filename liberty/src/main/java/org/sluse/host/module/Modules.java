// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Nodes;
import org.sluse.host.gate.Restriction;
import org.sluse.host.gate.Restrictions;
import org.sluse.host.gate.Toggles;
import org.sluse.host.gate.Wish;
import org.sluse.host.paper.Papers;
import org.sluse.host.paper.Requirement;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.plugin.Quarantine;
import org.sluse.host.register.Register;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.Acknowledgement;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.plugin.Readiness;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** Switches modules of the bound tenant. Thread-safe. */
@OnePerNode
public final class Modules {

    private static final Logger LOG = Logger.getLogger(Modules.class.getName());
    private static final Actor GATE = new Actor(Actor.Kind.SYSTEM, "gate", Set.of());
    /** For the other nodes; each looks every 250 ms. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PluginRegistry plugins;
    private final SettingsStore settings;
    private final Toggles toggles;
    private final Restrictions restrictions;
    private final Gate gate;
    private final DataPorts data;
    private final Binding binding;
    private final Register register;
    private final Papers papers;
    private final Nodes nodes;
    private final Quarantine quarantine;
    /** A plugin that is switched off, on and off again hears of it in this order. */
    private final Turns<Told> telling = new Turns<>(work -> Thread.ofVirtual().name("switched-off").start(work));

    private record Told(TenantId tenant, PluginId plugin) {}

    @Inject
    Modules(PluginRegistry plugins, SettingsStore settings, Toggles toggles, Restrictions restrictions, Gate gate,
            DataPorts data,
            Binding binding, Register register, Papers papers, Nodes nodes, Quarantine quarantine) {
        this.plugins = plugins;
        this.settings = settings;
        this.toggles = toggles;
        this.restrictions = restrictions;
        this.gate = gate;
        this.data = data;
        this.binding = binding;
        this.register = register;
        this.papers = papers;
        this.nodes = nodes;
        this.quarantine = quarantine;
    }

    /** The plugin with this id. @throws ProblemException {@code problem/not-found} */
    Plugin<?> get(String id) {
        return plugins.find(id).orElseThrow(ProblemException::notFound).plugin();
    }

    /** Whether it is on for the bound tenant. */
    boolean isOn(Plugin<?> plugin) {
        return gate.isOn(binding.tenant().id(), plugin.id());
    }

    /** What the bound tenant wants of it, and who said so last. */
    Toggles.Wanted wanted(Plugin<?> plugin) {
        return toggles.wanted(binding.tenant().id(), plugin.id());
    }

    /** How far its last switch has come. */
    InForce inForce(Toggles.Wanted wanted) {
        return nodes.inForce(wanted.revision());
    }

    /** What the operator holds against it at the bound tenant. */
    Optional<Restriction> restriction(Plugin<?> plugin) {
        return restrictions.at(binding.tenant().id(), plugin.id());
    }

    /** Whether it cannot work for the bound tenant on this node. */
    boolean isQuarantined(Plugin<?> plugin) {
        return quarantine.find(binding.tenant().id(), plugin.id()).isPresent();
    }

    /** How far the last switch of the bound tenant has come. */
    public InForce inForce(String id) {
        return inForce(wanted(get(id)));
    }

    /** How it stands for the bound tenant: for the operator, who reads no reasons. */
    public ModuleState state(String id) {
        var plugin = get(id);
        var wanted = wanted(plugin);
        return ModuleState.of(wanted.wish(), restriction(plugin), isQuarantined(plugin), true, inForce(wanted));
    }

    /** The papers that its recipients need with the settings of now. */
    List<Requirement> papers(Plugin<?> plugin) {
        return papers.required(plugin);
    }

    /** What stands in the way of switching it on, apart from papers and what is still to be accepted. */
    <S extends Record> Readiness readiness(Plugin<S> plugin) {
        return plugin.ready(binding.tenant(), settings.get(plugin));
    }

    /** What must be accepted, with these settings. */
    <S extends Record> List<Acknowledgement> acknowledgements(Plugin<S> plugin) {
        return plugin.acknowledgements(settings.get(plugin));
    }

    /**
     * Switches on; where two people have to want it, the first one asks, and it is on when another has done the same. Comes back when it is in force on every node
     * that serves, or after two seconds.
     *
     * @param accept ids of what the administrator accepts with this
     * @param confirms revision of the question that is confirmed: what the second person has read is what the first one asked for; absent from whoever asks
     * @throws ProblemException {@code problem/not-ready}, with an error for each reason and each thing that is not accepted; {@code problem/conflict} when
     *             something was switched or asked anew meanwhile
     */
    public void switchOn(String id, Set<String> accept, Optional<Long> confirms) {
        var plugin = get(id);
        // First of all: what is looked at from here on is what it rests on.
        var wanted = wanted(plugin);
        var asked = acknowledgements(plugin).stream().map(Acknowledgement::id).toList();
        asked.stream().filter(accept::contains).forEach(one -> settings.accept(plugin.id(), one));
        var accepted = settings.accepted(plugin.id());
        var errors = new java.util.ArrayList<FieldError>();
        papers(plugin).stream()
                .filter(Requirement::isMissing)
                .forEach(paper -> errors.add(new FieldError("", "paper-" + paper.kind(),
                        "The paper " + paper.kind() + " of recipient '" + paper.recipient() + "' is " + paper.state()
                                + "; right would be to file one that holds today, with its SHA-256, below 'papers'")));
        readiness(plugin).reasons()
                .forEach(reason -> errors.add(
                        new FieldError("", reason.key(), "The module '" + id + "' is not ready: " + reason.key())));
        asked.stream()
                .filter(one -> !accepted.contains(one))
                .forEach(one -> errors.add(new FieldError("/accept", one,
                        "'" + one + "' is not accepted; right would be to name it in 'accept'")));
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.NOT_READY, "The module '" + id + "' cannot be switched on yet: "
                    + errors.stream().map(FieldError::code).collect(java.util.stream.Collectors.joining(", ")), errors);
        }
        if (SecondPerson.isNeeded(register.recipients(plugin)) && wanted.wish() != Wish.ON) {
            if (!SecondPerson.isThere(wanted, binding.actor().id())) {
                ask(plugin, wanted);
                return;
            }
            if (!confirms.equals(Optional.of(wanted.revision()))) {
                throw new ProblemException(Problem.CONFLICT,
                        "The module '" + id + "' was asked for at revision " + wanted.revision()
                                + "; right would be to read what would pass to whom, and to confirm that revision");
            }
        }
        // Makes the tables now, so that the first person who comes does not wait for them.
        data.forPlugin(plugin.id()).inTransaction(AuditEntry.of(AuditAction.SWITCH_ON, "Module", id), tx -> true);
        // Before the toggle, so that the register says who receives data from the first moment.
        register.declare(plugin);
        var revision = toggles.set(binding.tenant().id(), plugin.id(), Wish.ON, wanted);
        // A paper that ended meanwhile found the module off.
        stopWithoutPapers(plugin, register.recipients(plugin));
        register.bringUpToDate();
        nodes.await(revision, PATIENCE);
    }

    private void ask(Plugin<?> plugin, Toggles.Wanted wanted) {
        if (wanted.wish() == Wish.OFF) {
            data.forPlugin(TenantDatabases.CORE)
                    .inTransaction(AuditEntry.of(AuditAction.CHANGE, "Module", plugin.id().value()), tx -> true);
            toggles.set(binding.tenant().id(), plugin.id(), Wish.ASKED, wanted);
        }
    }

    /**
     * Switches off, or takes back that it was asked for. Nothing of it exists for the clinic on this node when this returns, nor on any other that serves, unless two
     * seconds were not enough: then no later than when that node's lease is over.
     */
    public void switchOff(String id) {
        var plugin = get(id);
        data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.of(AuditAction.SWITCH_OFF, "Module", id), tx -> true);
        var revision = toggles.set(binding.tenant().id(), plugin.id(), Wish.OFF);
        register.bringUpToDate();
        nodes.await(revision, PATIENCE);
    }

    /** Switches off, or takes back, whatever the bound tenant wants: it leaves. */
    public void switchAllOff() {
        plugins.all().forEach(one -> {
            if (isWanted(one.plugin())) {
                switchOff(one.id().value());
            }
        });
    }

    /** Sets settings, from a form or the operator: text, numbers and truth values, each of which has one form as text. A recipient without papers, or without a second person, is set while the module is off: it goes off first. */
    public void set(String id, Map<String, Object> values) {
        var plain = new HashMap<String, String>();
        values.forEach((name, value) -> plain.put(name, value == null ? "" : value.toString()));
        set(get(id), plain);
    }

    private <S extends Record> void set(Plugin<S> plugin, Map<String, String> values) {
        var before = register.recipients(plugin);
        stopWhereItMayNotBeOn(plugin, before, plugin.recipients(settings.preview(plugin, values)));
        settings.set(plugin, values);
        // Somebody may have switched it on in between, by the papers and the people of the old settings.
        stopWhereItMayNotBeOn(plugin, before, register.recipients(plugin));
        register.bringUpToDate();
    }

    /** A paper has ended. */
    void ended(@Observes Papers.Ended ended) {
        plugins.all().forEach(one -> stopWithoutPapers(one.plugin(), register.recipients(one.plugin())));
    }

    /**
     * A new jar of the operator's names somebody, or something, that nobody at the clinic has agreed to: it is as if the operator had asked for the module, and an
     * administrator has to read it and confirm.
     */
    void widened(@Observes Register.Widened change) {
        var plugin = get(change.plugin().value());
        if (isWanted(plugin)) {
            binding.run(binding.tenant(), Binding.OPERATOR, () -> {
                switchOff(plugin.id().value());
                toggles.set(binding.tenant().id(), plugin.id(), Wish.ASKED);
            });
            LOG.log(Level.WARNING, "module-waits-for-consent tenant={0} plugin={1}",
                    new Object[]{binding.tenant().id(), plugin.id()});
        }
    }

    private void stopWhereItMayNotBeOn(Plugin<?> plugin, List<Recipient> before, List<Recipient> after) {
        if (isWanted(plugin) && SecondPerson.isNeeded(before, after)) {
            switchOff(plugin.id().value());
        }
        stopWithoutPapers(plugin, after);
    }

    private void stopWithoutPapers(Plugin<?> plugin, List<Recipient> recipients) {
        if (isWanted(plugin) && papers.required(plugin, recipients).stream().anyMatch(Requirement::isMissing)) {
            switchOff(plugin.id().value());
        }
    }

    /** What is stopped or held back by the operator now would be on once that is over. */
    private boolean isWanted(Plugin<?> plugin) {
        return wanted(plugin).wish() != Wish.OFF;
    }

    /** Tells the plugin, on each node, after its sockets are closed and its calls broken off. On a thread of its own: nobody waits for what a plugin does then. */
    void switched(@Observes @jakarta.annotation.Priority(5000) GateKeeper.Switched change) {
        if (!change.on()) {
            plugins.find(change.plugin().value())
                    .ifPresent(one -> telling.take(new Told(change.tenant().id(), change.plugin()),
                            () -> tell(one.plugin(), change.tenant())));
        }
    }

    /** Not of what is on again. */
    private void tell(Plugin<?> plugin, Tenant tenant) {
        if (gate.isOn(tenant.id(), plugin.id())) {
            return;
        }
        try {
            binding.run(tenant, GATE, () -> plugin.switchedOff(tenant));
        } catch (RuntimeException failed) {
            LOG.log(Level.SEVERE, "switched-off-failed plugin={0} tenant={1} cause={2}",
                    new Object[]{plugin.id(), tenant.id(), failed.getClass().getName()});
        }
    }
}
