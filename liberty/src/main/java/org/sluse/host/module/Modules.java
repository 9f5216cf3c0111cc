// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.Toggles;
import org.sluse.host.paper.Papers;
import org.sluse.host.paper.Requirement;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.Register;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.Acknowledgement;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.Readiness;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Switches modules of the bound tenant. Thread-safe. */
@OnePerNode
public final class Modules {

    private final PluginRegistry plugins;
    private final SettingsStore settings;
    private final Toggles toggles;
    private final Gate gate;
    private final DataPorts data;
    private final Binding binding;
    private final Register register;
    private final Papers papers;

    @Inject
    Modules(PluginRegistry plugins, SettingsStore settings, Toggles toggles, Gate gate, DataPorts data,
            Binding binding, Register register, Papers papers) {
        this.plugins = plugins;
        this.settings = settings;
        this.toggles = toggles;
        this.gate = gate;
        this.data = data;
        this.binding = binding;
        this.register = register;
        this.papers = papers;
    }

    /** The plugin with this id. @throws ProblemException {@code problem/not-found} */
    Plugin<?> get(String id) {
        return plugins.find(id).orElseThrow(ProblemException::notFound).plugin();
    }

    /** Whether it is on for the bound tenant. */
    boolean isOn(Plugin<?> plugin) {
        return gate.isOn(binding.tenant().id(), plugin.id());
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
     * Switches on.
     *
     * @param accept ids of what the administrator accepts with this
     * @throws ProblemException {@code problem/not-ready}, with an error for each reason and each thing that is not accepted
     */
    public void switchOn(String id, Set<String> accept) {
        var plugin = get(id);
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
        // Makes the tables now, so that the first person who comes does not wait for them.
        data.forPlugin(plugin.id()).inTransaction(AuditEntry.of(AuditAction.SWITCH_ON, "Module", id), tx -> true);
        // Before the toggle, so that the register says who receives data from the first moment.
        register.declare(plugin);
        toggles.set(binding.tenant().id(), plugin.id(), true);
        // A paper that ended meanwhile found the module off.
        stopWithoutPapers(plugin, register.recipients(plugin));
        register.bringUpToDate();
    }

    /** Switches off; nothing of it exists for the clinic when this returns. */
    public void switchOff(String id) {
        var plugin = get(id);
        data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.of(AuditAction.SWITCH_OFF, "Module", id), tx -> true);
        toggles.set(binding.tenant().id(), plugin.id(), false);
        register.bringUpToDate();
    }

    /** Sets settings, from a form or the operator. A recipient without papers is set while the module is off: it goes off first. */
    public void set(String id, Map<String, String> values) {
        set(get(id), values);
    }

    private <S extends Record> void set(Plugin<S> plugin, Map<String, String> values) {
        stopWithoutPapers(plugin, plugin.recipients(settings.preview(plugin, values)));
        settings.set(plugin, values);
        // Somebody may have switched it on in between, by the papers of the old settings.
        stopWithoutPapers(plugin, register.recipients(plugin));
        register.bringUpToDate();
    }

    /** A paper has ended. */
    void ended(@Observes Papers.Ended ended) {
        // A module that another node has only just switched on goes off too.
        toggles.refresh();
        plugins.all().forEach(one -> stopWithoutPapers(one.plugin(), register.recipients(one.plugin())));
    }

    private void stopWithoutPapers(Plugin<?> plugin, List<Recipient> recipients) {
        if (isOn(plugin) && papers.required(plugin, recipients).stream().anyMatch(Requirement::isMissing)) {
            switchOff(plugin.id().value());
        }
    }

    /** Tells the plugin, on each node, after its sockets are closed and its calls broken off. */
    void switched(@Observes @jakarta.annotation.Priority(5000) Toggles.Switched change) {
        if (!change.on()) {
            plugins.find(change.plugin().value())
                    .ifPresent(one -> binding.run(change.tenant(),
                            new org.sluse.actor.Actor(org.sluse.actor.Actor.Kind.SYSTEM, "gate", Set.of()),
                            () -> one.plugin().switchedOff(change.tenant())));
        }
    }
}
