// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** What each clinic wants of each plugin: rows of the control database, each with the revision from which on it holds. */
@OnePerNode
public final class Toggles {

    private final ControlDatabase control;
    private final GateKeeper keeper;
    private final Binding binding;
    private final Clock clock;

    @Inject
    Toggles(ControlDatabase control, GateKeeper keeper, Binding binding, Clock clock) {
        this.control = control;
        this.keeper = keeper;
        this.binding = binding;
        this.clock = clock;
    }

    /**
     * Has the clinic want this of the plugin, for the actor that is bound or else the operator; in force on this node when it returns. Wanting what it wants already
     * changes nothing.
     *
     * @return the revision at which it is so
     * @throws ProblemException {@code problem/conflict} when this may not follow on what it wants now
     */
    public long set(TenantId tenant, PluginId plugin, Wish wish) {
        return set(tenant, plugin, wish, wanted(tenant, plugin));
    }

    /**
     * As {@link #set(TenantId, PluginId, Wish)}, only if the clinic still wants what it did.
     *
     * @param before what the decision rests on
     * @throws ProblemException {@code problem/conflict} when it wants something else by now
     */
    public long set(TenantId tenant, PluginId plugin, Wish wish, Wanted before) {
        if (wish != before.wish()) {
            if (!wish.mayFollow(before.wish())) {
                throw new ProblemException(Problem.CONFLICT,
                        "The module '" + plugin + "' is " + before.wish() + " and cannot become " + wish);
            }
            control.inTransaction("SWITCH_" + wish, "Module", tenant.value() + "/" + plugin.value(), handle -> {
                // Its lock makes everybody queue who switches anything.
                var revision = ControlDatabase.nextRevision(handle);
                if (wanted(handle, tenant, plugin).revision() != before.revision()) {
                    throw new ProblemException(Problem.CONFLICT, "Somebody has switched the module '" + plugin
                            + "' meanwhile; right would be to look at it once more");
                }
                handle.createUpdate(
                        "insert into toggle (tenant, plugin, state, revision, at, actor) values (:tenant, :plugin, :state, :revision, :at, :actor)")
                        .bind("tenant", tenant.value())
                        .bind("plugin", plugin.value())
                        .bind("state", wish)
                        .bind("revision", revision)
                        .bind("at", clock.instant())
                        .bind("actor", binding.responsible().id())
                        .execute();
            });
        }
        return keeper.refresh();
    }

    /** What the clinic wants of the plugin, and who said so last. */
    public Wanted wanted(TenantId tenant, PluginId plugin) {
        return control.read(handle -> wanted(handle, tenant, plugin));
    }

    private static Wanted wanted(Handle handle, TenantId tenant, PluginId plugin) {
        return handle.createQuery(
                "select state, actor, at, revision from toggle where tenant = :tenant and plugin = :plugin order by revision desc limit 1")
                .bind("tenant", tenant.value())
                .bind("plugin", plugin.value())
                .map((row, context) -> new Wanted(Wish.valueOf(row.getString(1)), Optional.of(row.getString(2)),
                        Optional.of(row.getTimestamp(3).toInstant()), row.getLong(4)))
                .findOne()
                .orElseGet(() -> new Wanted(Wish.OFF, Optional.empty(), Optional.empty(), 0));
    }

    /**
     * What a clinic wants.
     *
     * @param by id of the actor who said so; absent when nobody ever did
     * @param since absent likewise
     * @param revision 0 likewise
     */
    public record Wanted(Wish wish, Optional<String> by, Optional<Instant> since, long revision) {}

    /** Makes every node read again what it holds for this tenant, for example after its settings have changed. */
    public void touch() {
        control.inTransaction("CHANGE", "Revision", "*", ControlDatabase::nextRevision);
        keeper.refresh();
    }
}
