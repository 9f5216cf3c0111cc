// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.jdbi.v3.core.Handle;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Toggles;
import org.sluse.host.location.Locations;
import org.sluse.host.module.ModuleState;
import org.sluse.host.module.Modules;
import org.sluse.host.paper.PaperViews;
import org.sluse.host.paper.Papers;
import org.sluse.host.paper.PlacePolicies;
import org.sluse.host.people.People;
import org.sluse.host.signin.SetUp;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Tenants;
import org.sluse.host.text.Language;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.secret.Secret;
import org.sluse.tenant.Tenant;

/** {@code /api/operate/tenants}. */
@Path("/operate/tenants")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OperatorResource {

    private static final int LARGEST_PAGE = 500;

    @Inject
    Tenants tenants;
    @Inject
    Locations locations;
    @Inject
    PlacePolicies policies;
    @Inject
    Toggles toggles;
    @Inject
    SetUp setUp;
    @Inject
    People people;
    @Inject
    Modules modules;
    @Inject
    Papers papers;
    @Inject
    Clinics clinics;
    @Inject
    ClinicViews views;
    @Inject
    ControlDatabase control;
    @Inject
    Binding binding;
    @Inject
    AtClinic atClinic;

    /**
     * A new clinic.
     *
     * @param location where its data is to rest, which is this node's location; absent: there
     * @param policy what the clinic has in writing of the place, where it needs that ({@link PlacePolicies})
     * @param issuer, clientId, clientSecret its identity provider; without an issuer the answer has a set-up link
     * @param admin {@code sub} of the first administrator there
     */
    record NewTenant(String name, Optional<String> location, Optional<PaperViews.FilePolicy> policy,
            Optional<String> issuer, Optional<String> clientId,
            Optional<String> clientSecret,
            Optional<String> admin) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record TenantView(String id, String name, String location, Optional<URI> setupUrl) {}

    /** @param more whether there are further ones */
    record TenantsView(List<ClinicViews.RowView> tenants, boolean more) {}

    /** A link into the set-up of a clinic, which works once. */
    record LinkView(URI setupUrl) {}

    /** @param accept ids of what the operator accepts in the clinic's name */
    record Switch(boolean on, Optional<Set<String>> accept, Optional<Long> confirms) {}

    /** @param inForce on how many nodes the last switch is in force */
    record StateView(String plugin, String state, List<String> reasons, InForce inForce) {}

    @POST
    public Response create(NewTenant wanted) {
        var place = wanted.location().map(locations::requireOwn).orElseGet(locations::own);
        var policy = policies.require(locations.placement(place), List.of(),
                wanted.policy().map(PaperViews.FilePolicy::terms));
        BiConsumer<Handle, Tenant> filed = (handle, clinic) -> policy.file(handle, clinic.id());
        var particulars = wanted.issuer()
                .map(issuer -> new SetUp.Particulars(issuer, wanted.clientId().orElse(""),
                        wanted.clientSecret().filter(text -> !text.isBlank()).map(Secret::new),
                        new People.NewPerson(wanted.admin().orElse(""), "Administrator", List.of("administrator"))));
        var tenant = particulars.map(known -> setUp.create(wanted.name(), known, Binding.OPERATOR, filed))
                .orElseGet(() -> tenants.create(wanted.name(), filed));
        toggles.touch();
        var link = particulars.isPresent() ? Optional.<URI>empty() : Optional.of(setUp.link(tenant.id()));
        return Response.status(201)
                .entity(new TenantView(tenant.id().value(), tenant.name(), tenant.location(), link))
                .build();
    }

    /** A page of clinics, by id. */
    @GET
    public TenantsView list(@QueryParam("search") @DefaultValue("") String search,
            @QueryParam("after") @DefaultValue("") String after, @QueryParam("size") @DefaultValue("50") int size,
            @QueryParam("lang") @DefaultValue("en") String lang) {
        if (size < 1 || size > LARGEST_PAGE) {
            throw ProblemException.notAllowed("/size", "size", "A page has 1 to " + LARGEST_PAGE + " clinics");
        }
        var rows = clinics.page(search, after, size + 1);
        return new TenantsView(rows.stream().limit(size).map(row -> views.row(row, language(lang))).toList(),
                rows.size() > size);
    }

    /** One clinic, and how each module stands there. */
    @GET
    @Path("/{id}")
    public ClinicViews.ClinicView show(@PathParam("id") String id,
            @QueryParam("lang") @DefaultValue("en") String lang) {
        return atClinic.call(id,
                () -> views.of(clinics.find(binding.tenant().id()).orElseThrow(ProblemException::notFound),
                        language(lang)));
    }

    /** A further set-up link, for a clinic that is not set up yet; the one before stops working. */
    @POST
    @Path("/{id}/set-up-link")
    public Response setUpLink(@PathParam("id") String id) {
        return atClinic.call(id, () -> {
            var tenant = binding.tenant().id();
            if (tenants.provider(tenant).isPresent()) {
                throw new ProblemException(Problem.CONFLICT, "The clinic '" + tenant
                        + "' is set up already; right would be to let its administrators in through its own sign-in");
            }
            return Response.status(201).entity(new LinkView(setUp.link(tenant))).build();
        });
    }

    @PUT
    @Path("/{id}/plugins/{plugin}")
    public StateView turn(@PathParam("id") String id, @PathParam("plugin") String plugin, Switch wanted) {
        return atClinic.call(id, () -> {
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
        return atClinic.call(id, () -> {
            modules.set(plugin, values);
            return Response.noContent().build();
        });
    }

    @POST
    @Path("/{id}/people")
    public Response add(@PathParam("id") String id, People.NewPerson person) {
        return atClinic.call(id, () -> {
            control.record(Act.of("CREATE", "Staff", id));
            var issuer = tenants.provider(binding.tenant().id()).orElseThrow(ProblemException::notFound).issuer();
            return Response.status(201).entity(people.add(issuer.toString(), person)).build();
        });
    }

    /** The papers that the clinic's recipients need, and those that there are. */
    @GET
    @Path("/{id}/papers")
    public PaperViews.OverviewView papers(@PathParam("id") String id) {
        return atClinic.call(id, () -> PaperViews.of(papers.overview()));
    }

    /** Files a paper that the clinic has signed. */
    @POST
    @Path("/{id}/papers")
    public Response file(@PathParam("id") String id, PaperViews.FilePaper paper) {
        return atClinic.call(id, () -> Response.status(201).entity(PaperViews.of(papers.add(paper.paper()))).build());
    }

    /** Ends a paper; what may not be on without it is off when the answer comes. */
    @POST
    @Path("/{id}/papers/{paper}/end")
    public Response end(@PathParam("id") String id, @PathParam("paper") UUID paper) {
        return atClinic.call(id, () -> {
            papers.end(paper);
            return Response.noContent().build();
        });
    }

    private static Language language(String lang) {
        return Language.of(lang).orElse(Language.EN);
    }
}
