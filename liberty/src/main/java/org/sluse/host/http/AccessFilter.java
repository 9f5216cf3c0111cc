// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Optional;
import org.sluse.actor.Actor;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * Lets a call through only to a method that is open to one of the actor's roles. The operator's own addresses, which belong to no clinic, ask by themselves who
 * calls ({@code ForOperator}).
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
@OnePerNode
public final class AccessFilter implements ContainerRequestFilter {

    @Context
    ResourceInfo resource;
    @Inject
    Binding binding;

    @Override
    public void filter(ContainerRequestContext request) {
        var allowed = allowedTo(resource);
        if (!binding.isBound()) {
            // To JAX-RS 'operate' could be a clinic: without this /api/operate/core/modules would run and the gate would not have been asked.
            if (isOfTenant(resource.getResourceClass())) {
                throw ProblemException.notFound();
            }
            return;
        }
        var actor = binding.actor();
        if (Arrays.stream(allowed).anyMatch(role -> role == Role.ANYONE || actor.is(role))) {
            return;
        }
        if (actor.kind() == Actor.Kind.ANONYMOUS) {
            throw new ProblemException(Problem.NOT_SIGNED_IN,
                    "Nobody is signed in; right would be to sign in or to open the link first");
        }
        throw new ProblemException(Problem.FORBIDDEN, "This is open to " + Arrays.toString(allowed) + " only");
    }

    private static boolean isOfTenant(Class<?> asked) {
        return Optional.ofNullable(asked.getAnnotation(Path.class))
                .map(Path::value)
                .filter(path -> !path.startsWith("/{"))
                .isEmpty();
    }

    private static Role[] allowedTo(ResourceInfo resource) {
        return Optional.ofNullable(resource.getResourceMethod().getAnnotation(AllowedTo.class))
                .or(() -> Optional.ofNullable(resource.getResourceClass().getAnnotation(AllowedTo.class)))
                .map(AllowedTo::value)
                .orElse(new Role[0]);
    }
}
