// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Toggles;
import org.sluse.host.module.ModuleState;
import org.sluse.host.module.Modules;
import org.sluse.host.paper.PaperViews;
import org.sluse.host.paper.Papers;
import org.sluse.host.people.People;
import org.sluse.host.register.Register;
import org.sluse.host.register.RegisterAnswers;
import org.sluse.host.register.RegisterQuery;
import org.sluse.host.remains.Remains;
import org.sluse.host.signin.SetUp;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.tenant.TenantId;

/** {@code /api/operate/tenants}. */
@Path("/operate/tenants")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OperatorResource {

    @Inject
    Tenants tenants;
    @Inject
    Toggles toggles;
    @Inject
    Gate gate;
    @Inject
    SetUp setUp;
    @Inject
    People people;
    @Inject
    Modules modules;
    @Inject
    Papers papers;
    @Inject
    Register register;
    @Inject
    RegisterAnswers registers;
    @Inject
    Remains remains;
    @Inject
    Binding binding;

    /**
     * A new clinic.
     *
     * @param issuer, clientId, clientSecret its identity provider; without an issuer the answer has a set-up link
     * @param admin {@code sub} of the first administrator there
     */
    record NewTenant(String name, Optional<String> issuer, Optional<String> clientId, Optional<String> clientSecret,
            Optional<String> admin) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TenantView(String id, String name, String location, Optional<URI> setupUrl) {}

    /** @param accept ids of what the operator accepts in the clinic's name */
    record Switch(boolean on, Optional<Set<String>> accept, Optional<Long> confirms) {}

    /** @param inForce on how many nodes the last switch is in force */
    record StateView(String plugin, String state, List<String> reasons, InForce inForce) {}

    @POST
    public Response create(NewTenant wanted) {
        var particulars = wanted.issuer()
                .map(issuer -> new SetUp.Particulars(issuer, wanted.clientId().orElse(""),
                        wanted.clientSecret().filter(text -> !text.isBlank()).map(Secret::new),
                        new People.NewPerson(wanted.admin().orElse(""), "Administrator", List.of("administrator"))));
        var tenant = particulars.map(known -> setUp.create(wanted.name(), known, Binding.OPERATOR))
                .orElseGet(() -> tenants.create(wanted.name()));
        toggles.touch();
        var link = particulars.isPresent() ? Optional.<URI>empty() : Optional.of(setUp.link(tenant.id()));
        return Response.status(201)
                .entity(new TenantView(tenant.id().value(), tenant.name(), tenant.location(), link))
                .build();
    }

    @GET
    public List<TenantView> list() {
        return tenants.all()
                .stream()
                .map(tenant -> new TenantView(tenant.id().value(), tenant.name(), tenant.location(), Optional.empty()))
                .toList();
    }

    @PUT
    @Path("/{id}/plugins/{plugin}")
    public StateView turn(@PathParam("id") String id, @PathParam("plugin") String plugin, Switch wanted) {
        return as(id, () -> {
            if (wanted.on()) {
                modules.switchOn(plugin, wanted.accept().orElse(Set.of()), wanted.confirms());
            } else {
                modules.switchOff(plugin);
            }
            // Not what was wanted: a paper may have ended meanwhile, or a second person may have to confirm it.
            var state = modules.state(plugin);
            return new StateView(plugin, state.name(),
                    state == ModuleState.PENDING ? List.of("second-person") : List.of(), modules.inForce(plugin));
        });
    }

    @PUT
    @Path("/{id}/plugins/{plugin}/settings")
    public Response set(@PathParam("id") String id, @PathParam("plugin") String plugin, Map<String, Object> values) {
        return as(id, () -> {
            modules.set(plugin, values);
            return Response.noContent().build();
        });
    }

    @POST
    @Path("/{id}/people")
    public Response add(@PathParam("id") String id, People.NewPerson person) {
        return as(id, () -> {
            var issuer = tenants.provider(binding.tenant().id()).orElseThrow(ProblemException::notFound).issuer();
            return Response.status(201).entity(people.add(issuer.toString(), person)).build();
        });
    }

    /** The papers that the clinic's recipients need, and those that there are. */
    @GET
    @Path("/{id}/papers")
    public PaperViews.OverviewView papers(@PathParam("id") String id) {
        return as(id, () -> PaperViews.of(papers.overview()));
    }

    /** Files a paper that the clinic has signed. */
    @POST
    @Path("/{id}/papers")
    public Response file(@PathParam("id") String id, PaperViews.FilePaper paper) {
        return as(id, () -> Response.status(201).entity(PaperViews.of(papers.add(paper.paper()))).build());
    }

    /** Ends a paper; what may not be on without it is off when the answer comes. */
    @POST
    @Path("/{id}/papers/{paper}/end")
    public Response end(@PathParam("id") String id, @PathParam("paper") UUID paper) {
        return as(id, () -> {
            papers.end(paper);
            return Response.noContent().build();
        });
    }

    @GET
    @Path("/{id}/register")
    public Response register(@PathParam("id") String id, @BeanParam RegisterQuery query) {
        return as(id, () -> registers.answer(query));
    }

    /** All revisions of a clinic's register, for {@code sluse register --verify}. */
    @GET
    @Path("/{id}/register/proof")
    public Register.Proof proof(@PathParam("id") String id) {
        return as(id, register::proof);
    }

    /** What plugins left at the clinic that are not in the server: tables and their rows, by plugin. */
    @GET
    @Path("/{id}/remains")
    public Map<String, Map<String, Long>> remains(@PathParam("id") String id) {
        return as(id, () -> {
            var views = new TreeMap<String, Map<String, Long>>();
            remains.all().forEach(one -> views.put(one.plugin().value(), one.rows()));
            return views;
        });
    }

    /** The same of one plugin, as a zip with a CSV for each table. */
    @GET
    @Path("/{id}/remains/{plugin}")
    @Produces("application/zip")
    public Response export(@PathParam("id") String id, @PathParam("plugin") String plugin) throws IOException {
        var file = Files.createTempFile("remains", ".zip");
        try {
            as(id, () -> {
                try (var zip = Files.newOutputStream(file)) {
                    remains.export(plugin(plugin), zip);
                    return true;
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            });
            // Open when its name goes, so that nothing stays behind, however the answer ends.
            return Response.ok(Files.newInputStream(file)).build();
        } finally {
            Files.delete(file);
        }
    }

    /** Erases it. */
    @DELETE
    @Path("/{id}/remains/{plugin}")
    public Response erase(@PathParam("id") String id, @PathParam("plugin") String plugin) {
        return as(id, () -> {
            remains.erase(plugin(plugin));
            return Response.noContent().build();
        });
    }

    private static PluginId plugin(String id) {
        try {
            return new PluginId(id);
        } catch (IllegalArgumentException none) {
            throw ProblemException.notFound();
        }
    }

    private <T> T as(String id, Supplier<T> work) {
        var tenant = TenantId.isValid(id) ? gate.tenant(new TenantId(id)) : Optional.<org.sluse.tenant.Tenant>empty();
        var known = tenant.orElseThrow(() -> new ProblemException(org.sluse.problem.Problem.NOT_FOUND,
                "There is no clinic '" + id + "'; right would be one that 'tenant list' shows"));
        return binding.<T, RuntimeException>call(known, Binding.OPERATOR, work::get);
    }
}
