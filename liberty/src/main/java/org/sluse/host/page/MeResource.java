// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.actor.Staff;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.page.Page.Audience;
import org.sluse.tenant.Tenant;

/** {@code GET /api/{tenant}/core/me}: who is signed in where, and what there is for them. */
@Path("/{tenant}/core/me")
@RequestScoped
@AllowedTo({Role.PRACTITIONER, Role.ADMINISTRATOR})
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    @Inject
    Binding binding;
    @Inject
    Staff staff;
    @Inject
    PageTable pages;
    @Inject
    PluginRegistry plugins;
    @Inject
    Gate gate;
    @Inject
    StaticFiles files;

    record MeView(TenantView tenant, ActorView actor, List<ModuleView> modules, List<EntryView> nav) {}

    record TenantView(String id, String name, String location) {}

    record ActorView(String name, List<String> roles) {}

    /**
     * @param today whether the module has a part of the page Today
     * @param watch whether it tells on every page what waits
     */
    record ModuleView(String id, boolean on, boolean today, boolean watch) {}

    /** @param key of its text in the bundle of {@code plugin} */
    record EntryView(String path, String key, String icon, String plugin, String side) {}

    @GET
    public MeView show() {
        Tenant tenant = binding.tenant();
        var actor = binding.actor();
        return new MeView(new TenantView(tenant.id().value(), tenant.name(), tenant.location()),
                new ActorView(staff.find(actor.id()).map(Staff.Member::name).orElse(""),
                        actor.roles()
                                .stream()
                                .filter(role -> role != Role.ANYONE)
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList()),
                plugins.all()
                        .stream()
                        .filter(one -> gate.isOn(tenant.id(), one.id()))
                        .map(one -> new ModuleView(one.id().value(), true,
                                files.find(one.id().value(), "today.js").isPresent(),
                                files.find(one.id().value(), "watch.js").isPresent()))
                        .toList(),
                pages.pages(tenant.id())
                        .stream()
                        .filter(owned -> owned.page().entry().isPresent())
                        .filter(owned -> owned.page().audience() == Audience.PRACTITIONER
                                ? actor.is(Role.PRACTITIONER)
                                : actor.is(Role.ADMINISTRATOR))
                        .map(owned -> new EntryView(owned.page().path(), owned.page().entry().orElseThrow().key(),
                                owned.page().entry().orElseThrow().icon(),
                                owned.owner().value(), owned.page().audience().name().toLowerCase(Locale.ROOT)))
                        .toList());
    }
}
