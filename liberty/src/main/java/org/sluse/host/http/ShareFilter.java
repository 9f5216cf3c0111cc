// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.sluse.host.config.Bodies;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.plugin.Bulkheads;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * Takes the plugin's place for a call of it, at the last moment before its code runs: whoever may not call it, and whoever sends a body slowly, takes no place from
 * anybody. {@link EdgeFilter} gives the place back.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
@OnePerNode
public final class ShareFilter implements ContainerRequestFilter {

    private static final String PLACE = Bulkheads.Place.class.getName();

    @Context
    ResourceInfo resource;
    @Context
    HttpServletRequest servletRequest;
    @Inject
    Binding binding;
    @Inject
    PluginRegistry plugins;
    @Inject
    Bulkheads bulkheads;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        var owner = plugins.owner(resource.getResourceClass());
        if (owner.equals(TenantDatabases.CORE)) {
            return;
        }
        request.setEntityStream(new ByteArrayInputStream(Bodies.read(request.getEntityStream())));
        servletRequest.setAttribute(PLACE, bulkheads.take(binding.tenant().id(), owner)
                .orElseThrow(() -> new ProblemException(Problem.UNAVAILABLE,
                        "The module has too much to do for this clinic at the moment")));
    }

    /** Gives back the place that was taken for this request, if one was. */
    static void giveBack(HttpServletRequest request) {
        if (request.getAttribute(PLACE) instanceof Bulkheads.Place place) {
            place.close();
        }
    }
}
