// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.page.Page.Audience;
import org.sluse.page.Page;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** Which pages exist for a clinic now. */
@OnePerNode
public final class PageTable {

    private static final List<Page> OWN = List.of(own("sign-in", Audience.LINK), own("set-up", Audience.LINK),
            own("seen/{id}", Audience.LINK),
            own("me", Audience.PRACTITIONER),
            own("today", Audience.PRACTITIONER).withEntry("nav.today", "home"),
            own("admin/modules", Audience.ADMINISTRATOR).withEntry("nav.modules", "grid"),
            own("admin/modules/{id}", Audience.ADMINISTRATOR),
            own("admin/register", Audience.ADMINISTRATOR).withEntry("nav.register", "file"),
            own("admin/ledger", Audience.ADMINISTRATOR).withEntry("nav.ledger", "ledger"),
            own("admin/agreements", Audience.ADMINISTRATOR).withEntry("nav.agreements", "agreement"),
            own("admin/people", Audience.ADMINISTRATOR).withEntry("nav.people", "people"),
            own("admin/audit", Audience.ADMINISTRATOR).withEntry("nav.audit", "eye"),
            own("admin/person", Audience.ADMINISTRATOR).withEntry("nav.person", "person"),
            own("admin/leave", Audience.ADMINISTRATOR).withEntry("nav.leave", "leave"));

    private final PluginRegistry plugins;
    private final Gate gate;

    /**
     * A page of somebody's.
     *
     * @param owner the plugin, or the host
     * @param argument what stands in the address where the page's path has <code>{id}</code>; empty for none
     */
    public record Owned(PluginId owner, Page page, String argument) {}

    @Inject
    PageTable(PluginRegistry plugins, Gate gate) {
        this.plugins = plugins;
        this.gate = gate;
    }

    private static Page own(String path, Audience audience) {
        var name = path.replace("/{id}", "").replace('/', '-');
        return Page.of(path, "pages/" + name + ".js", "sluse-" + name, audience);
    }

    /** Every page that exists for the clinic now, the host's first. */
    public List<Owned> pages(TenantId tenant) {
        var pages = new ArrayList<Owned>();
        OWN.forEach(page -> pages.add(new Owned(TenantDatabases.CORE, page, "")));
        plugins.all()
                .stream()
                .filter(one -> gate.isOn(tenant, one.id()))
                .forEach(one -> one.plugin().pages().forEach(page -> pages.add(new Owned(one.id(), page, ""))));
        return pages;
    }

    /** The page at this path below the clinic; an exact path wins over one with an argument. */
    Optional<Owned> find(TenantId tenant, String path) {
        var pages = pages(tenant);
        return pages.stream().filter(owned -> owned.page().path().equals(path)).findFirst().or(() -> {
            var cut = path.lastIndexOf('/');
            var argument = path.substring(cut + 1);
            return cut < 1 || !argument.matches("[A-Za-z0-9_-]{1,64}")
                    ? withInnerArgument(pages, path)
                    : pages.stream()
                            .filter(owned -> owned.page().path().equals(path.substring(0, cut) + "/{id}"))
                            .findFirst()
                            .map(owned -> new Owned(owned.owner(), owned.page(), argument))
                            .or(() -> withInnerArgument(pages, path));
        });
    }

    private static Optional<Owned> withInnerArgument(List<Owned> pages, String path) {
        var parts = path.split("/");
        if (parts.length < 3 || !parts[1].matches("[A-Za-z0-9_-]{1,64}")) {
            return Optional.empty();
        }
        var argument = parts[1];
        parts[1] = "{id}";
        var pattern = String.join("/", parts);
        return pages.stream()
                .filter(owned -> owned.page().path().equals(pattern))
                .findFirst()
                .map(owned -> new Owned(owned.owner(), owned.page(), argument));
    }
}
