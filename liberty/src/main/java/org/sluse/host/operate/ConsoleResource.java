// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.http.Parameters;
import org.sluse.host.config.HostSettings;
import org.sluse.host.location.Locations;
import org.sluse.host.register.OperatorRegister;
import org.sluse.host.register.RegisterQuery;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;

/** {@code /api/operate/me}, {@code links}, {@code sessions}, {@code log}, {@code register}: the operator's own way in, own log and own register. */
@Path("/operate")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ConsoleResource {

    private static final int PAGE = 50;
    /** Fewer, since for each of them its own register is brought up to date. */
    private static final int REGISTER_PAGE = 25;

    @Inject
    OperatorSessions sessions;
    @Inject
    OperatorLog log;
    @Inject
    OperatorRegister register;
    @Inject
    Clinics clinics;
    @Inject
    HostSettings settings;
    @Inject
    Locations locations;
    @Inject
    Binding binding;

    /** In the form of {@code core/me}, so that one kind of page serves both. */
    record MeView(PlaceView tenant, ActorView actor, List<String> modules, List<EntryView> nav) {}

    /** @param name the address of the console @param location where its data rests */
    record PlaceView(String id, String name, String location) {}

    record ActorView(String name, List<String> roles) {}

    record EntryView(String path, String key, String icon, String plugin, String side) {

        static EntryView of(String path, String icon) {
            return new EntryView(path, "nav." + path, icon, OperatorPages.BUNDLE, "operator");
        }
    }

    /** @param more whether there are older rows */
    record LogView(List<OperatorLog.Row> rows, boolean more) {}

    @GET
    @Path("/me")
    public MeView me() {
        return new MeView(new PlaceView("operate", settings.publicUrl().getAuthority(), locations.own().name()),
                new ActorView(binding.operator().map(OperatorName::value).orElse(""), List.of("operator")), List.of(),
                OperatorPages.ENTRIES.entrySet()
                        .stream()
                        .map(entry -> EntryView.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** A link into the console, for whoever may call this. */
    @POST
    @Path("/links")
    public Response link() {
        return Response.status(201).entity(sessions.link()).build();
    }

    /** Ends every session in the console, and every link. */
    @DELETE
    @Path("/sessions")
    public Response endAll() {
        sessions.endAll();
        return Response.noContent().build();
    }

    /** What was done, the newest first. @param all also what the system did by itself */
    @GET
    @Path("/log")
    public LogView log(@QueryParam("from") @DefaultValue("") String from, @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("clinic") @DefaultValue("") String clinic,
            @QueryParam("all") @DefaultValue("false") boolean all,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("beforeId") @DefaultValue("") String beforeId) {
        var rows = log.find(new OperatorLog.Search(Parameters.time(from, "from"), Parameters.time(to, "to"),
                Parameters.text(action),
                Parameters.text(clinic), all, Parameters.time(before, "before"),
                Parameters.id(beforeId, Long::valueOf)),
                PAGE + 1);
        return new LogView(rows.subList(0, Math.min(PAGE, rows.size())), rows.size() > PAGE);
    }

    /** What is processed on behalf of which clinic (GDPR Art. 30(2)), page by page. */
    @GET
    @Path("/register")
    public Response register(@BeanParam RegisterQuery query, @QueryParam("after") @DefaultValue("") String after) {
        var rows = clinics.page("", after, REGISTER_PAGE + 1);
        return register.answer(query, rows.stream().limit(REGISTER_PAGE).map(Clinics.Row::id).toList(),
                rows.size() > REGISTER_PAGE);
    }
}
