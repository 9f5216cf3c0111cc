// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** {@code /api/{tenant}/epr/sandbox}: what arrived in the sandbox, and what it is to do wrong next. */
@Path("/{tenant}/epr/sandbox")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SandboxResource {

    @Inject
    SandboxRecord record;
    @Inject
    Misbehaviour misbehaviour;
    @Inject
    TenantContext context;

    /** @param content the resource as JSON text */
    public record ArrivedView(String type, String id, int version, Instant at, String content) {}

    /** @param path of its FHIR base, below the public address */
    public record SandboxView(String path, List<ArrivedView> arrived) {}

    /** How to misbehave, and for how many messages. */
    public record Misbehave(String kind, int times) {

        public Misbehave(@Nullable String kind, int times) {
            this.kind = kind == null ? "" : kind;
            this.times = times;
        }
    }

    @GET
    public SandboxView show() {
        return new SandboxView("/sandbox/" + context.tenant().id(), record.newest()
                .stream()
                .map(one -> new ArrivedView(one.type(), one.id(), one.version(), one.at(), one.content()))
                .toList());
    }

    @POST
    @Path("/misbehaviour")
    public void misbehave(Misbehave wanted) {
        var kind = Arrays.stream(Misbehaviour.Kind.values())
                .filter(one -> one.name().equals(wanted.kind()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notAllowed("/kind", "unknown",
                        "Right would be one of " + List.of(Misbehaviour.Kind.values())));
        misbehaviour.order(kind, wanted.times());
    }
}
