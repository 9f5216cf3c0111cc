// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/** What the operator decides about plugins for all clinics: the kill switch and the roll-out. See {@code docs/adr/0017-states-of-a-module.md}. */
@OnePerNode
public final class Restrictions {

    private final ControlDatabase control;
    private final GateKeeper keeper;
    private final Binding binding;
    private final Clock clock;

    @Inject
    Restrictions(ControlDatabase control, GateKeeper keeper, Binding binding, Clock clock) {
        this.control = control;
        this.keeper = keeper;
        this.binding = binding;
        this.clock = clock;
    }

    /**
     * What holds for a plugin at all clinics.
     *
     * @param killed whether it is stopped everywhere
     * @param killedRecipients to whom it may send nothing, by id
     */
    public record OfPlugin(boolean killed, Set<String> killedRecipients, Stage stage) {}

    /** What holds for the plugin at all clinics. */
    public OfPlugin of(PluginId plugin) {
        return control.read(handle -> {
            var killed = Killed.all(handle).stream().filter(one -> one.plugin().equals(plugin)).toList();
            return new OfPlugin(killed.contains(new Killed(plugin, Optional.empty())),
                    killed.stream().flatMap(one -> one.recipient().stream()).collect(Collectors.toSet()),
                    Rollout.newest(handle, plugin).map(Rollout::stage).orElseGet(Stage.Everybody::new));
        });
    }

    /** What the operator holds against the plugin at this clinic now. */
    public Optional<Restriction> at(TenantId tenant, PluginId plugin) {
        return control.read(handle -> killed(handle, plugin).or(() -> Rollout.newest(handle, plugin)
                .filter(rollout -> !rollout.stage().admits(plugin, tenant))
                .map(rollout -> new Restriction(Restriction.Kind.HELD_BACK, rollout.why(), rollout.at()))));
    }

    private static Optional<Restriction> killed(Handle handle, PluginId plugin) {
        return handle.createQuery(
                """
                        select why, at from (
                            select killed, why, at from kill where plugin = :plugin and recipient is null order by revision desc limit 1
                        ) newest where killed""")
                .bind("plugin", plugin.value())
                .map((row, context) -> new Restriction(Restriction.Kind.KILLED, row.getString(1),
                        row.getTimestamp(2).toInstant()))
                .findOne();
    }

    /** The operator forbids something to every clinic, or allows it again; in force on this node when it returns. @return the revision at which it is so */
    public long kill(Killed what, boolean killed, String why) {
        control.inTransaction(killed ? "KILL" : "REVIVE", "Plugin",
                what.plugin() + what.recipient().map(recipient -> "/" + recipient).orElse(""),
                handle -> handle
                        .createUpdate(
                                "insert into kill (revision, plugin, recipient, killed, why, at, actor) values (:revision, :plugin, :recipient, :killed, :why, :at, :actor)")
                        .bind("revision", ControlDatabase.nextRevision(handle))
                        .bind("plugin", what.plugin().value())
                        .bind("recipient", what.recipient())
                        .bind("killed", killed)
                        .bind("why", why)
                        .bind("at", clock.instant())
                        .bind("actor", binding.responsible().id())
                        .execute());
        return keeper.refresh();
    }

    /** The operator rolls a plugin out as far as this; in force on this node when it returns. @return the revision at which it is so */
    public long rollOut(PluginId plugin, Stage stage, String why) {
        control.inTransaction("ROLL_OUT", "Plugin", plugin + "/" + stage.name(),
                handle -> new Rollout(ControlDatabase.nextRevision(handle), plugin, stage, why, clock.instant())
                        .insert(handle, binding.responsible().id()));
        return keeper.refresh();
    }

    /** Takes a roll-out back, unless the operator has decided otherwise meanwhile; without a reason in words, which pages have for it. */
    void takeBack(Rollout failing, Stage stage) {
        control.inTransaction("ROLL_BACK", "Plugin", failing.plugin() + "/" + stage.name(), handle -> {
            // Its lock makes everybody queue who decides anything.
            var revision = ControlDatabase.nextRevision(handle);
            if (Rollout.newest(handle, failing.plugin()).equals(Optional.of(failing))) {
                new Rollout(revision, failing.plugin(), stage, "", clock.instant()).insert(handle, "rollout-watch");
            }
        });
        keeper.refresh();
    }
}
