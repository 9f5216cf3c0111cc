// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.Toggles;
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
@ApplicationScoped
public class Modules {

    private final PluginRegistry plugins;
    private final SettingsStore settings;
    private final Toggles toggles;
    private final Gate gate;
    private final DataPorts data;
    private final Binding binding;
    private final Register register;

    @Inject
    Modules(PluginRegistry plugins, SettingsStore settings, Toggles toggles, Gate gate, DataPorts data,
            Binding binding, Register register) {
        this.plugins = plugins;
        this.settings = settings;
        this.toggles = toggles;
        this.gate = gate;
        this.data = data;
        this.binding = binding;
        this.register = register;
    }

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    Modules() {
        this(null, null, null, null, null, null, null);
    }

    /** The plugin with this id. @throws ProblemException {@code problem/not-found} */
    Plugin<?> get(String id) {
        return plugins.find(id).orElseThrow(ProblemException::notFound).plugin();
    }

    /** Whether it is on for the bound tenant. */
    boolean isOn(Plugin<?> plugin) {
        return gate.isOn(binding.tenant().id(), plugin.id());
    }

    /** What stands in the way of switching it on, apart from what is still to be accepted. */
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

    /** Sets settings, from a form or the operator. */
    public void set(String id, Map<String, String> values) {
        settings.set(get(id), values);
        register.bringUpToDate();
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
