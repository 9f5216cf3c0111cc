// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.Actor;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.audit.AuditEntry;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;

/**
 * {@code /api/{tenant}/{plugin}/accesses}: who has seen and changed what is about the holder of the plugin's link, who holds no more than that link (GDPR Art. 15). Below the plugin's
 * address, so that it is there exactly while the links are.
 */
@Path("/{tenant}/{plugin}/accesses")
@RequestScoped
@AllowedTo(Role.LINK_HOLDER)
@Produces(MediaType.APPLICATION_JSON)
public class AccessesResource {

    private static final int PAGE = 25;
    /** For a node whose clock is a little behind that of the one that wrote. */
    private static final long AHEAD_SECONDS = 60;

    @Inject
    LinkedPersons persons;
    @Inject
    AuditEntries entries;
    @Inject
    Binding binding;
    @Inject
    Clock clock;

    /**
     * An access.
     *
     * @param id behind which older ones are
     * @param who the holder, or which kind of actor
     * @param name of somebody of the clinic, as the clinic's list of people has it; absent for everybody else, and for who is not in the list any more
     * @param roles of theirs there, in lower case
     * @param module id of the module; its bundle has the word for the object
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record AccessView(long id, Instant at, Who who, Optional<String> name, List<String> roles, String action,
            String objectType, String module, boolean refused) {

        static AccessView of(AuditEntries.Row row) {
            return new AccessView(row.id(), row.at(), Who.of(row.actorKind()), row.actorName(),
                    row.actorRoles().stream().sorted().toList(), row.action().name(), row.objectType(), row.module(),
                    row.outcome() == AuditEntry.Outcome.REFUSED);
        }
    }

    /** Who acted, as the person may know them. */
    public enum Who {
        /** Whoever held a link of the person's. */
        YOU,
        /** Somebody of the clinic. */
        STAFF,
        /** Another system, for example the patient record. */
        OTHER_SYSTEM,
        /** Who runs the installation. */
        OPERATOR,
        /** Nobody who was known. */
        UNKNOWN,
        /** This system by itself. */
        SYSTEM;

        static Who of(Actor.Kind kind) {
            return switch (kind) {
                case LINK_HOLDER -> YOU;
                case STAFF -> STAFF;
                case SYSTEM -> OTHER_SYSTEM;
                case OPERATOR -> OPERATOR;
                case ANONYMOUS -> UNKNOWN;
                case TIMER -> SYSTEM;
            };
        }
    }

    /** @param accesses the newest first @param more whether there are older ones */
    public record AccessesView(String clinic, List<AccessView> accesses, boolean more) {}

    /** The newest, 25 at most; with the last one that is known, those behind it. */
    @GET
    public AccessesView show(@PathParam("plugin") String plugin, @QueryParam("before") @Nullable String before,
            @QueryParam("beforeId") @Nullable String beforeId) {
        var module = new PluginId(plugin);
        var person = persons.find(module, binding.actor().id()).orElseThrow(ProblemException::notFound);
        var rows = entries.about(module, person.id(), person.ids(),
                AuditQuery.place(before, beforeId, clock.instant().plusSeconds(AHEAD_SECONDS)), PAGE + 1);
        return new AccessesView(binding.tenant().name(), rows.stream().limit(PAGE).map(AccessView::of).toList(),
                rows.size() > PAGE);
    }
}
