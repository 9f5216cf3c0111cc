// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.fhir.FhirEndpoint;
import org.sluse.host.audit.Refusals;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.Gate;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Hands {@code /{name}/{tenant}/...} to the plugin's servlet, or to the host's own, which is started at its first request. The edge filter has asked the gate. */
@WebServlet(urlPatterns = {"/fhir/*", "/sandbox/*"}, asyncSupported = false)
public class FhirServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient FhirEndpoints endpoints;
    @Inject
    transient ClinicFhir clinicFhir;
    @Inject
    transient Gate gate;
    @Inject
    transient Binding binding;
    @Inject
    transient Bulkheads bulkheads;
    @Inject
    transient Refusals refusals;
    @Inject
    transient ObjectMapper json;

    private final transient Map<String, Servlet> started = new ConcurrentHashMap<>();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var name = request.getServletPath().substring(1);
        if (ClinicFhir.has(name, below(request, name))) {
            serveOwn(name, request, response);
        } else {
            servePlugins(name, request, response);
        }
    }

    private void servePlugins(String name, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var owned = endpoints.find(name)
                .orElseThrow(() -> new ServletException("No plugin has the FHIR endpoint '" + name + "'"));
        if (!isOpen(owned.endpoint(), request)) {
            refuseStranger(owned.plugin(), name, "practitioners", request, response);
            return;
        }
        serve(owned.plugin(), name, owned.endpoint()::servlet, request, response);
    }

    /** Whether a module is on or off: the audit trail for administrators, and for anybody what there is. */
    private void serveOwn(String name, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (below(request, name).equals(ClinicFhir.METADATA)) {
            var module = endpoints.find(name).filter(owned -> gate.isOn(binding.tenant().id(), owned.plugin()));
            if (module.isPresent()) {
                ClinicFhir.withModule(request,
                        start(module.get().plugin() + " " + name, module.get().endpoint()::servlet));
            }
        } else if (!binding.actor().is(Role.ADMINISTRATOR)) {
            refuseStranger(TenantDatabases.CORE, name, "administrators", request, response);
            return;
        }
        serve(TenantDatabases.CORE, name, clinicFhir::servlet, request, response);
    }

    private void serve(PluginId owner, String name, Supplier<Servlet> servlet, HttpServletRequest request,
            HttpServletResponse response) throws ServletException, IOException {
        HttpServletRequest whole;
        try {
            whole = new BelowTenant(request, "/" + name + "/" + binding.tenant().id());
        } catch (ProblemException tooLarge) {
            refuse(tooLarge.problem(), String.valueOf(tooLarge.getMessage()), response);
            return;
        }
        // The place is taken once the body is here: whoever sends it slowly takes none from anybody.
        var free = bulkheads.take(binding.tenant().id(), owner);
        if (free.isEmpty()) {
            refuse(Problem.UNAVAILABLE, "There is too much to do for this clinic at the moment", response);
            return;
        }
        try (var place = free.get()) {
            start(owner + " " + name, servlet).service(whole, response);
        }
    }

    private boolean isOpen(FhirEndpoint endpoint, HttpServletRequest request) {
        return endpoint.access() == FhirEndpoint.Access.OWN || binding.actor().is(Role.PRACTITIONER)
                || "GET".equals(request.getMethod())
                        && request.getRequestURI().endsWith("/" + binding.tenant().id() + "/metadata");
    }

    /** What follows the clinic in the address, without a leading slash. */
    private String below(HttpServletRequest request, String name) {
        var path = request.getRequestURI();
        return path.substring(Math.min(path.length(), ("/" + name + "/" + binding.tenant().id() + "/").length()));
    }

    /** @param name of each server another one */
    private Servlet start(String name, Supplier<Servlet> servlet) throws ServletException {
        var running = started.get(name);
        if (running != null) {
            return running;
        }
        synchronized (this) {
            running = started.get(name);
            if (running == null) {
                running = servlet.get();
                running.init(getServletConfig());
                started.put(name, running);
            }
            return running;
        }
    }

    /** @param people whom the address is for */
    private void refuseStranger(PluginId owner, String name, String people, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        var known = binding.actor().kind() != Actor.Kind.ANONYMOUS;
        if (known) {
            var action = "GET".equals(request.getMethod()) ? AuditAction.READ : AuditAction.CHANGE;
            refusals.record(owner,
                    AuditEntry.of(action, "FhirEndpoint", name).refused(Problem.FORBIDDEN.slug()));
        }
        refuse(known ? Problem.FORBIDDEN : Problem.NOT_SIGNED_IN,
                "This address is for " + people + " who are signed in", response);
    }

    private void refuse(Problem problem, String detail, HttpServletResponse response) throws IOException {
        OperationOutcome.write(problem.status(), detail, response, json);
    }

    @Override
    public void destroy() {
        started.values().forEach(Servlet::destroy);
    }

    /** The same request as the plugin's servlet sees it: mapped at {@code /{name}/{tenant}}. */
    private static final class BelowTenant extends WholeBody {

        private final String servletPath;

        BelowTenant(HttpServletRequest request, String servletPath) throws IOException {
            super(request);
            this.servletPath = servletPath;
        }

        @Override
        public String getServletPath() {
            return servletPath;
        }

        @Override
        public String getPathInfo() {
            return getRequestURI().substring(Math.min(getRequestURI().length(), servletPath.length()));
        }
    }
}
