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
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.fhir.FhirEndpoint;
import org.sluse.host.audit.Refusals;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** Hands {@code /{name}/{tenant}/...} to the plugin's servlet, which is started at its first request. The edge filter has asked the gate. */
@WebServlet(urlPatterns = {"/fhir/*", "/sandbox/*"}, asyncSupported = false)
public class FhirServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient FhirEndpoints endpoints;
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
        var owned = endpoints.find(name)
                .orElseThrow(() -> new ServletException("No plugin has the FHIR endpoint '" + name + "'"));
        if (!isOpen(owned.endpoint(), request)) {
            refuseStranger(owned, name, request, response);
            return;
        }
        HttpServletRequest whole;
        try {
            whole = new BelowTenant(request, "/" + name + "/" + binding.tenant().id());
        } catch (ProblemException tooLarge) {
            refuse(tooLarge.problem(), String.valueOf(tooLarge.getMessage()), response);
            return;
        }
        // The place is taken once the body is here: whoever sends it slowly takes none from anybody.
        var free = bulkheads.take(binding.tenant().id(), owned.plugin());
        if (free.isEmpty()) {
            refuse(Problem.UNAVAILABLE, "The module has too much to do for this clinic at the moment", response);
            return;
        }
        try (var place = free.get()) {
            start(name, owned.endpoint()).service(whole, response);
        }
    }

    private boolean isOpen(FhirEndpoint endpoint, HttpServletRequest request) {
        return endpoint.access() == FhirEndpoint.Access.OWN || binding.actor().is(Role.PRACTITIONER)
                || "GET".equals(request.getMethod())
                        && request.getRequestURI().endsWith("/" + binding.tenant().id() + "/metadata");
    }

    private Servlet start(String name, FhirEndpoint endpoint) throws ServletException {
        var servlet = started.get(name);
        if (servlet != null) {
            return servlet;
        }
        synchronized (this) {
            servlet = started.get(name);
            if (servlet == null) {
                servlet = endpoint.servlet();
                servlet.init(getServletConfig());
                started.put(name, servlet);
            }
            return servlet;
        }
    }

    private void refuseStranger(FhirEndpoints.Owned owned, String name, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        var known = binding.actor().kind() != Actor.Kind.ANONYMOUS;
        if (known) {
            var action = "GET".equals(request.getMethod()) ? AuditAction.READ : AuditAction.CHANGE;
            refusals.record(owned.plugin(),
                    AuditEntry.of(action, "FhirEndpoint", name).refused(Problem.FORBIDDEN.slug()));
        }
        refuse(known ? Problem.FORBIDDEN : Problem.NOT_SIGNED_IN,
                "This address is for practitioners who are signed in", response);
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
