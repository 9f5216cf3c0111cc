// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.module;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.plugin.Quarantine;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** {@code /api/{tenant}/core/modules}. */
@Path("/{tenant}/core/modules")
@RequestScoped
@AllowedTo(Role.ADMINISTRATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ModulesResource {

    @Inject
    Modules modules;
    @Inject
    ModuleViews views;
    @Inject
    PluginRegistry plugins;
    @Inject
    DataPorts data;
    @Inject
    Quarantine quarantine;
    @Inject
    Texts texts;
    @QueryParam("lang")
    @DefaultValue("en")
    String lang;

    /** @param leftOut modules that are not in the server */
    record ModulesView(List<ModuleViews.ModuleView> modules, List<LeftOut> leftOut) {}

    /** A module whose jar the server has started without. @param state {@code QUARANTINED} @param why a text for people */
    record LeftOut(String id, ModuleState state, String why) {}

    /** @param accept ids of what is accepted with this @param confirms revision of the question that is confirmed; absent from whoever asks */
    record Switch(boolean on, Optional<Set<String>> accept, Optional<Long> confirms) {}

    @GET
    public ModulesView list() {
        data.forPlugin(TenantDatabases.CORE).inTransaction(AuditEntry.list("Module"), tx -> true);
        return new ModulesView(plugins.all().stream().map(one -> views.of(one.plugin(), language())).toList(),
                quarantine.plugins()
                        .entrySet()
                        .stream()
                        .map(one -> new LeftOut(one.getKey().value(), ModuleState.QUARANTINED,
                                texts.text(Texts.KIT, "quarantine." + one.getValue().reason(), language())))
                        .sorted(Comparator.comparing(LeftOut::id))
                        .toList());
    }

    @PUT
    @Path("/{id}")
    public ModuleViews.ModuleView turn(@PathParam("id") String id, Switch wanted) {
        if (wanted.on()) {
            modules.switchOn(id, wanted.accept().orElse(Set.of()), wanted.confirms());
        } else {
            modules.switchOff(id);
        }
        return views.of(modules.get(id), language());
    }

    @PUT
    @Path("/{id}/settings")
    public ModuleViews.ModuleView set(@PathParam("id") String id, Map<String, Object> values) {
        modules.set(id, values);
        return views.of(modules.get(id), language());
    }

    private Language language() {
        return Language.of(lang).orElse(Language.EN);
    }
}
