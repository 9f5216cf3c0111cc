// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Restriction;
import org.sluse.host.gate.Restrictions;
import org.sluse.host.gate.Toggles;
import org.sluse.host.module.ModuleState;
import org.sluse.host.module.Modules;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.plugin.Quarantine;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** Puts a clinic into words for the operator, who sees which modules it has and nothing of what is in them. */
@OnePerNode
final class ClinicViews {

    private final PluginRegistry plugins;
    private final Modules modules;
    private final Toggles toggles;
    private final Restrictions restrictions;
    private final Quarantine quarantine;
    private final Gate gate;
    private final Texts texts;

    /**
     * A clinic in a list.
     *
     * @param on the plugins that it has on, on this node
     */
    record RowView(String id, String name, String location, Instant createdAt, boolean setUp, List<OnView> on) {}

    /** A plugin that is on. */
    record OnView(String id, String name) {}

    /** One clinic. */
    record ClinicView(RowView clinic, List<ModuleView> modules) {}

    /**
     * A module at the clinic.
     *
     * @param since when the clinic switched it last; absent when never
     * @param inForce on how many nodes that is in force
     * @param restriction what the operator holds against it; absent for nothing
     * @param quarantine why it cannot be used there on this node; absent when nothing is known against it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ModuleView(String id, String name, ModuleState state, Optional<Instant> since, InForce inForce,
            Optional<Restriction> restriction, Optional<Quarantine.Cause> quarantine) {}

    @Inject
    ClinicViews(PluginRegistry plugins, Modules modules, Toggles toggles, Restrictions restrictions,
            Quarantine quarantine, Gate gate,
            Texts texts) {
        this.plugins = plugins;
        this.modules = modules;
        this.toggles = toggles;
        this.restrictions = restrictions;
        this.quarantine = quarantine;
        this.gate = gate;
        this.texts = texts;
    }

    RowView row(Clinics.Row row, Language language) {
        return new RowView(row.id().value(), row.name(), row.location(), row.createdAt(), row.isSetUp(),
                plugins.all()
                        .stream()
                        .map(PluginRegistry.Installed::id)
                        .filter(id -> gate.isOn(row.id(), id))
                        .map(id -> new OnView(id.value(), name(id, language)))
                        .toList());
    }

    /** Of the bound tenant. */
    ClinicView of(Clinics.Row clinic, Language language) {
        return new ClinicView(row(clinic, language),
                plugins.all().stream().map(one -> module(clinic.id(), one.id(), language)).toList());
    }

    private ModuleView module(TenantId tenant, PluginId id, Language language) {
        return new ModuleView(id.value(), name(id, language), modules.state(id.value()),
                toggles.wanted(tenant, id).since(), modules.inForce(id.value()), restrictions.at(tenant, id),
                quarantine.find(tenant, id));
    }

    String name(PluginId id, Language language) {
        return texts.text(id.value(), "module.name", language);
    }
}
