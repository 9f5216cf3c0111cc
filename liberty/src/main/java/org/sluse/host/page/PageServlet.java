// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.config.HostSettings;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.http.ProblemJson;
import org.sluse.host.link.LinkCookie;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.host.text.Language;
import org.sluse.page.Page.Audience;

/** The HTML shell of every page. What is on the page is made by its ES module; the shell names it and forbids everything else. */
@WebServlet(urlPatterns = "/")
public class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient PageTable pages;
    @Inject
    transient Binding binding;
    @Inject
    transient Tenants tenants;
    @Inject
    transient StaticFiles files;
    @Inject
    transient HostSettings settings;
    @Inject
    transient ObjectMapper json;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tenant = binding.tenant();
        var path = request.getRequestURI().substring(Math.min(request.getRequestURI().length(), tenant.id().value().length() + 2));
        if (path.isEmpty()) {
            response.sendRedirect("/" + tenant.id() + "/" + (binding.actor().is(Role.PRACTITIONER) || !binding.actor().is(Role.ADMINISTRATOR) ? "today" : "admin/modules"));
            return;
        }
        var page = pages.find(tenant.id(), path);
        if (page.isEmpty()) {
            notFound(request, response);
        } else if (isOpen(page.get().page().audience())) {
            write(page.get(), request, response);
        } else if (binding.actor().kind() == Actor.Kind.ANONYMOUS) {
            response.sendRedirect("/" + tenant.id() + "/sign-in?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        } else {
            notFound(request, response);
        }
    }

    /** The same for a page that does not exist, is off, or is for others. Who asks for a page gets one; everything else gets problem+json. */
    private void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemJson.notFound().write(response, json);
    }

    private boolean isOpen(Audience audience) {
        return switch (audience) {
            case LINK -> true;
            case PRACTITIONER -> binding.actor().is(Role.PRACTITIONER);
            case ADMINISTRATOR -> binding.actor().is(Role.ADMINISTRATOR);
        };
    }

    private void write(PageTable.Owned owned, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tenant = binding.tenant();
        var language = Language.choose(LinkCookie.value(Optional.ofNullable(request.getHeader("Cookie")).orElse(""), "sluse-lang"),
                Optional.ofNullable(request.getHeader("Accept-Language")).orElse(""));
        var base = owned.owner().equals(TenantDatabases.CORE) ? "/ui/kit/" : "/ui/" + tenant.id() + "/" + owned.owner() + "/";
        var provider = tenants.provider(tenant.id()).map(Tenants.Provider::issuer).map(PageServlet::origin).orElse("");
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; script-src 'self' '" + ImportMap.HASH + "'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' "
                        + socketOrigin() + "; media-src 'self' blob: mediastream:; font-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' " + provider);
        response.setHeader("Vary", "Accept-Language, Cookie");
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write("""
                <!doctype html>
                <html lang="%s" data-tenant="%s" data-clinic="%s" data-page="%s" data-arg="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="icon" type="image/svg+xml" href="/ui/kit/favicon.svg">
                <link rel="stylesheet" href="/ui/kit/kit.css">
                %s<script type="importmap">%s</script>
                <script type="module" src="%s"></script>
                </head>
                <body><%s></%s></body>
                </html>
                """.formatted(language.code(), tenant.id(), escape(tenant.name()), owned.page().path(), owned.argument(), escape(tenant.name()),
                stylesheet(owned, base), ImportMap.JSON, base + owned.page().module(), owned.page().element(), owned.page().element()));
    }

    private String stylesheet(PageTable.Owned owned, String base) {
        var file = owned.owner() + ".css";
        return files.find(owned.owner().value(), file).isPresent() ? "<link rel=\"stylesheet\" href=\"" + base + file + "\">\n" : "";
    }

    /** A content policy's 'self' does not cover the socket scheme in every browser. */
    private String socketOrigin() {
        return settings.publicUrl().toString().replaceFirst("^http", "ws");
    }

    private static String origin(URI issuer) {
        return issuer.getScheme() + "://" + issuer.getAuthority();
    }

    private static String escape(String text) {
        var escapes = Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;");
        var escaped = new StringBuilder();
        text.chars().forEach(each -> escaped.append(escapes.getOrDefault((char) each, Character.toString((char) each))));
        return escaped.toString();
    }
}
