// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluse.actor.Actor;
import org.sluse.host.audit.Refusals;
import org.sluse.host.config.Bodies;
import org.sluse.host.config.HostSettings;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.fhir.FhirEndpoints;
import org.sluse.host.fhir.OperationOutcome;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.RolloutWatch;
import org.sluse.host.gate.Standing;
import org.sluse.host.link.LinkPorts;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.shell.Shell;
import org.sluse.host.signin.StaffSessions;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.tenant.Tenant;

/**
 * The one filter. In this order: can the address be read, and what is it about; does the plugin exist for that tenant (the gate); who calls; may a browser have been tricked
 * into it; bind and go on. What is off, unknown or of an unknown clinic gets the same answer.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class EdgeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern CONTROL = Pattern.compile("%(0[0-9a-f]|1[0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);
    private static final String FORGED = "A page of another site sent this; right would be our own page, with the header X-Sluse-Request";

    @Inject
    transient Gate gate;
    @Inject
    transient Binding binding;
    @Inject
    transient PluginRegistry plugins;
    @Inject
    transient StaffSessions sessions;
    @Inject
    transient LinkPorts links;
    @Inject
    transient FhirEndpoints fhirEndpoints;
    @Inject
    transient HostSettings settings;
    @Inject
    transient Failures failures;
    @Inject
    transient RolloutWatch rollouts;
    @Inject
    transient Refusals refusals;
    @Inject
    transient ObjectMapper json;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var route = Route.of(request.getRequestURI());
        var source = Source.of(request.getRemoteAddr(),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse(""), route.kind() == Route.Kind.FHIR);
        bound(work -> binding.from(source, work), () -> filter(route, request, response, chain));
    }

    private void filter(Route route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SecurityHeaders.set(response, settings.publicUrl());
        if (CONTROL.matcher(Optional.ofNullable(request.getQueryString()).orElse("")).find()) {
            refuse(route, Problem.MALFORMED,
                    "The address holds a control character; right would be an address without it", response);
            return;
        }
        switch (route.kind()) {
            case HEALTH, SHARED_FILE, OPERATE_PAGE, PUBLIC -> chain.doFilter(request, response);
            case OPERATE -> ofOperator(route, request, response, chain);
            case UNKNOWN -> notFound(route, request, response);
            case API, FHIR, SOCKET, PLUGIN_FILE, PAGE, OPENAPI -> ofTenant(route, request, response, chain);
        }
    }

    /** A bearer token is nothing that a browser adds by itself, as it does with the cookie of the operator's session; who sends neither is told to show one. */
    private void ofOperator(Route route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var byCookie = request.getHeader("Authorization") == null && request.getHeader("Cookie") != null;
        if (byCookie && mayBeForged(request, route)) {
            refuse(route, Problem.FORBIDDEN, FORGED, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void ofTenant(Route route, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isOfPlugin(route) && !gate.isConfirmed()) {
            // Before anything is looked up, so that it is the same for on, off and unknown.
            refuse(route, Problem.UNAVAILABLE, "This node cannot confirm at the moment what is switched on", response);
            return;
        }
        var tenant = route.tenant()
                .flatMap(gate::standing)
                .filter(clinic -> exists(route, clinic))
                .map(Standing::tenant);
        if (route.tenant().filter(gate::isElsewhere).isPresent()) {
            elsewhere(route, request, response);
        } else if (tenant.isEmpty()) {
            notFound(route, request, response);
        } else if (request.getContentLengthLong() > Bodies.LARGEST) {
            refuse(route, failures.answer(Bodies.tooLarge()), response);
        } else {
            Actor actor;
            try {
                actor = binding.call(tenant.get(), Actor.anonymous(), () -> actor(route, request));
            } catch (RuntimeException failed) {
                refuse(route, failures.answer(failed), response);
                return;
            }
            if (mayBeForged(request, route)) {
                if (actor.kind() != Actor.Kind.ANONYMOUS) {
                    // Whoever shows no cookie was not abused, and could fill the trail from anywhere.
                    binding.run(tenant.get(), actor, () -> refusals.recordForged(route.kind().name()));
                }
                refuse(route, Problem.FORBIDDEN, FORGED, response);
                return;
            }
            counted(route, tenant.get(), actor, request, response, chain);
        }
    }

    /** What came of it counts for the plugin's roll-out; the place that {@link ShareFilter} has taken for it is given back. */
    private void counted(Route route, Tenant tenant, Actor actor, HttpServletRequest request,
            HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (!isOfPlugin(route)) {
            goOn(tenant, actor, request, response, chain);
            return;
        }
        var answered = false;
        try {
            goOn(tenant, actor, request, response, chain);
            answered = true;
        } finally {
            ShareFilter.giveBack(request);
            var failed = !answered || response.getStatus() == HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            owner(route).ifPresent(plugin -> rollouts.count(plugin, failed));
        }
    }

    /** Whose address it is; nobody's where it is of no plugin in particular. */
    private Optional<PluginId> owner(Route route) {
        if (route.isFhirOfHost()) {
            return Optional.empty();
        }
        return route.kind() == Route.Kind.FHIR
                ? fhirEndpoints.owner(route.plugin())
                : plugins.find(route.plugin()).map(PluginRegistry.Installed::id);
    }

    /** Who asks with a browser gets a page, every other caller what it can read; the same for unknown, off and somebody else's. */
    private void notFound(Route route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Shell.wanted(request)) {
            Shell.notFound(request, response, settings.publicUrl());
        } else {
            refuse(route, Problem.NOT_FOUND, ProblemJson.notFound().detail(), response);
        }
    }

    /** As above; the page tries again by itself, and the next try may come to a node that serves the clinic. */
    private void elsewhere(Route route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Shell.wanted(request)) {
            Shell.unavailable(request, response, settings.publicUrl());
        } else {
            refuse(route, Problem.UNAVAILABLE,
                    "The data of this clinic rests at another location or is on its way there, and this node does not serve it",
                    response);
        }
    }

    /** A caller of FHIR gets an OperationOutcome, every other one problem+json. */
    private void refuse(Route route, Problem problem, String detail, HttpServletResponse response) throws IOException {
        refuse(route, ProblemJson.of(problem, detail), response);
    }

    private void refuse(Route route, ProblemJson problem, HttpServletResponse response) throws IOException {
        if (route.kind() == Route.Kind.FHIR) {
            OperationOutcome.write(problem.status(), problem.detail(), response, json);
        } else {
            problem.write(response, json);
        }
    }

    private void goOn(Tenant tenant, Actor actor, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        bound(work -> binding.call(tenant, actor, work), () -> chain.doFilter(request, response));
    }

    /** What a filter does, with something bound: a scoped value takes one kind of exception, and a filter throws two. */
    private static void bound(Scope scope, Filtered filtered) throws IOException, ServletException {
        try {
            scope.call(() -> {
                filtered.go();
                return true;
            });
        } catch (IOException | ServletException | RuntimeException known) {
            throw known;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }

    private interface Scope {
        boolean call(ScopedValue.CallableOp<Boolean, Exception> work) throws Exception;
    }

    private interface Filtered {
        void go() throws IOException, ServletException;
    }

    /** Whether the address may be of a plugin, by its form; pages are asked for later. The host's own addresses are answered without the newest revision. */
    private static boolean isOfPlugin(Route route) {
        return switch (route.kind()) {
            case FHIR, OPENAPI -> true;
            case API, SOCKET, PLUGIN_FILE -> !route.plugin().equals(TenantDatabases.CORE.value());
            case HEALTH, OPERATE, OPERATE_PAGE, PUBLIC, SHARED_FILE, PAGE, UNKNOWN -> false;
        };
    }

    /** The gate's word. The host's own addresses exist for every clinic; pages are decided by the page table, which asks the same gate. */
    private boolean exists(Route route, Standing clinic) {
        return switch (route.kind()) {
            case API, SOCKET, PLUGIN_FILE -> route.plugin().equals(TenantDatabases.CORE.value())
                    || plugins.find(route.plugin()).filter(one -> clinic.has(one.id())).isPresent();
            case FHIR ->
                route.isFhirOfHost() || fhirEndpoints.owner(route.plugin()).filter(clinic::has).isPresent();
            default -> true;
        };
    }

    /** Whether other systems post there by themselves: {@code Plugin.doors()}. */
    private boolean isDoor(Route route) {
        return route.kind() == Route.Kind.API
                && plugins.find(route.plugin()).filter(one -> one.plugin().doors().contains(route.rest())).isPresent();
    }

    /** A link names the object it is for; without one it is whoever is signed in. A page sends the header only for links. At a door it is nobody: what comes there proves itself. */
    private Actor actor(Route route, HttpServletRequest request) {
        if (isDoor(route)) {
            return Actor.anonymous();
        }
        var cookies = Optional.ofNullable(request.getHeader("Cookie")).orElse("");
        var link = Optional.ofNullable(request.getHeader("X-Sluse-Link"));
        if (link.isPresent() && route.kind() == Route.Kind.API
                && !route.plugin().equals(TenantDatabases.CORE.value())) {
            return links.holder(new PluginId(route.plugin()), link.get(), cookies)
                    .map(Actor::linkHolder)
                    .orElseGet(Actor::anonymous);
        }
        return sessions.find(cookies).orElseGet(Actor::anonymous);
    }

    /**
     * Whether the request could have been made by a page of another site (OWASP, cross-site request forgery). A changing call needs a header that only our own
     * pages can add, but at a door, where nobody's cookie counts; a handshake, which can have none, needs our origin. FHIR callers with a bearer of their own have no cookie to be abused.
     */
    private boolean mayBeForged(HttpServletRequest request, Route route) {
        var origin = Optional.ofNullable(request.getHeader("Origin"));
        var own = settings.publicUrl().toString();
        if (origin.isPresent() && !origin.get().equals(own)) {
            return !READING.contains(request.getMethod()) || route.kind() == Route.Kind.SOCKET;
        }
        return switch (route.kind()) {
            case API, OPERATE -> !READING.contains(request.getMethod()) && request.getHeader("X-Sluse-Request") == null
                    && !isDoor(route);
            case SOCKET -> origin.isEmpty();
            default -> false;
        };
    }
}
