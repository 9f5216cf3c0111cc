// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.http.Parameters;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;

/** What somebody who reads the audit trail asks for; each is absent for any. */
public class AuditQuery {

    @QueryParam("from")
    @Nullable
    String from;
    @QueryParam("to")
    @Nullable
    String to;
    @QueryParam("action")
    @Nullable
    String action;
    /** Id or name. */
    @QueryParam("actor")
    @Nullable
    String actor;
    /** The clinic's internal id. */
    @QueryParam("patient")
    @Nullable
    String patient;
    /** A module's id, or {@code core}. */
    @QueryParam("module")
    @Nullable
    String module;
    @QueryParam("outcome")
    @Nullable
    String outcome;
    /** Time and id of the last row that is known. */
    @QueryParam("before")
    @Nullable
    String before;
    @QueryParam("beforeId")
    @Nullable
    String beforeId;

    /** @param end after every row that there is @param withoutLookUps as in {@link AuditEntries.Search} */
    public AuditEntries.Search search(Instant end, boolean withoutLookUps) {
        return new AuditEntries.Search(Parameters.time(from, "from", Instant.EPOCH), Parameters.time(to, "to", end),
                Parameters.oneOf(action, "action", AuditAction.class).map(Set::of).orElse(Set.of()), Optional.empty(),
                Parameters.text(actor), Parameters.text(patient), Optional.empty(),
                Parameters.text(module).map(AuditQuery::module),
                Parameters.oneOf(outcome, "outcome", AuditEntry.Outcome.class), withoutLookUps);
    }

    /** @param end as above */
    public AuditEntries.Place place(Instant end) {
        return place(before, beforeId, end);
    }

    /** The place behind the last row that somebody knows; without one, before everything. */
    static AuditEntries.Place place(@Nullable String before, @Nullable String beforeId, Instant end) {
        return new AuditEntries.Place(Parameters.time(before, "before", end),
                Parameters.id(beforeId, Long::valueOf).orElse(0L));
    }

    private static PluginId module(String id) {
        try {
            return new PluginId(id);
        } catch (IllegalArgumentException notAnId) {
            throw ProblemException.notAllowed("/module", "module",
                    "This is not the id of a module; right would be one, for example video, or core");
        }
    }
}
