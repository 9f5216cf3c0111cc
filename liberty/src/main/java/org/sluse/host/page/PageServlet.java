// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.config.HostSettings;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.http.ProblemJson;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.settings.SettingsStore;
import org.sluse.host.shell.Shell;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.problem.Problem;
import org.sluse.page.Page;
import org.sluse.page.Page.Audience;
import org.sluse.plugin.Plugin;

/** The HTML shell of every page. What is on the page is made by its ES module; the shell names it and forbids everything else. */
@WebServlet(urlPatterns = "/")
public class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient PageTable pages;
    @Inject
    transient Gate gate;
    @Inject
    transient Binding binding;
    @Inject
    transient Tenants tenants;
    @Inject
    transient StaticFiles files;
    @Inject
    transient HostSettings settings;
    @Inject
    transient PluginRegistry plugins;
    @Inject
    transient SettingsStore values;
    @Inject
    transient ObjectMapper json;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tenant = binding.tenant();
        var path = request.getRequestURI()
                .substring(Math.min(request.getRequestURI().length(), tenant.id().value().length() + 2));
        if (path.isEmpty()) {
            response.sendRedirect("/" + tenant.id() + "/"
                    + (binding.actor().is(Role.PRACTITIONER) || !binding.actor().is(Role.ADMINISTRATOR)
                            ? "today"
                            : "admin/modules"));
            return;
        }
        var page = pages.find(tenant.id(), path);
        if (!gate.isConfirmed() && page.filter(owned -> owned.owner().equals(TenantDatabases.CORE)).isEmpty()) {
            // The same for a page of a plugin that is on, of one that is off, and for none.
            unavailable(request, response);
        } else if (page.isEmpty()) {
            notFound(request, response);
        } else if (isOpen(page.get().page().audience())) {
            write(page.get(), request, response);
        } else if (binding.actor().kind() == Actor.Kind.ANONYMOUS) {
            response.sendRedirect("/" + tenant.id() + "/sign-in?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        } else {
            notFound(request, response);
        }
    }

    private void unavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Shell.wanted(request)) {
            Shell.unavailable(request, response, settings.publicUrl());
        } else {
            ProblemJson.of(Problem.UNAVAILABLE, "This node cannot confirm at the moment what is switched on")
                    .write(response, json);
        }
    }

    /** The same for a page that does not exist, is off, or is for others. */
    private void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Shell.wanted(request)) {
            Shell.notFound(request, response, settings.publicUrl());
        } else {
            ProblemJson.notFound().write(response, json);
        }
    }

    private boolean isOpen(Audience audience) {
        return switch (audience) {
            case LINK -> true;
            case PRACTITIONER -> binding.actor().is(Role.PRACTITIONER);
            case ADMINISTRATOR -> binding.actor().is(Role.ADMINISTRATOR);
        };
    }

    private void write(PageTable.Owned owned, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tenant = binding.tenant();
        var base = owned.owner().equals(TenantDatabases.CORE)
                ? "/ui/kit/"
                : "/ui/" + tenant.id() + "/" + owned.owner() + "/";
        var stylesheet = owned.owner() + ".css";
        Shell.write(
                new Shell.Document(tenant.id().value(), tenant.name(), owned.page().path(), owned.argument(),
                        base + owned.page().module(),
                        owned.page().element(),
                        files.find(owned.owner().value(), stylesheet).isPresent() ? base + stylesheet : ""),
                settings.publicUrl(),
                tenants.provider(tenant.id()).map(Tenants.Provider::issuer), frames(owned), request, response);
    }

    private List<String> frames(PageTable.Owned owned) {
        return plugins.find(owned.owner().value())
                .map(one -> frames(one.plugin(), owned.page()))
                .orElseGet(List::of);
    }

    private <S extends Record> List<String> frames(Plugin<S> plugin, Page page) {
        return Frames.of(plugin, page, values.get(plugin));
    }
}
