// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.TenantId;

/**
 * A decision about how far a plugin is rolled out: a row of the control database.
 *
 * @param revision from which on it holds, until there is a newer one
 * @param why in the operator's words; empty when it was taken back by itself
 * @param at since when
 */
record Rollout(long revision, PluginId plugin, Stage stage, String why, Instant at) {

    private static final String COLUMNS = "revision, plugin, stage, percent, pilots, why, at";

    /** The one in force of each plugin that has any. */
    static List<Rollout> newest(Handle handle) {
        return handle
                .createQuery("select distinct on (plugin) " + COLUMNS + " from rollout order by plugin, revision desc")
                .map((row, context) -> of(row))
                .list();
    }

    /** The one in force of the plugin; empty: it was never rolled out step by step. */
    static Optional<Rollout> newest(Handle handle, PluginId plugin) {
        return history(handle, plugin).stream().findFirst();
    }

    /** All there were of the plugin, the newest first. */
    static List<Rollout> history(Handle handle, PluginId plugin) {
        return handle
                .createQuery("select " + COLUMNS + " from rollout where plugin = :plugin order by revision desc")
                .bind("plugin", plugin.value())
                .map((row, context) -> of(row))
                .list();
    }

    void insert(Handle handle, String actor) {
        handle.createUpdate("insert into rollout (" + COLUMNS
                + ", actor) values (:revision, :plugin, :stage, :percent, :pilots, :why, :at, :actor)")
                .bind("revision", revision)
                .bind("plugin", plugin.value())
                .bind("stage", stage.name())
                .bind("percent", stage instanceof Stage.Percent(int percent) ? percent : 0)
                .bindArray("pilots", String.class,
                        stage instanceof Stage.Pilot(Set<TenantId> pilots)
                                ? pilots.stream().map(TenantId::value).sorted().toList()
                                : List.of())
                .bind("why", why)
                .bind("at", at)
                .bind("actor", actor)
                .execute();
    }

    private static Rollout of(ResultSet row) throws SQLException {
        return new Rollout(row.getLong("revision"), new PluginId(row.getString("plugin")),
                Stage.of(row.getString("stage"), row.getInt("percent"),
                        Arrays.asList((String[]) row.getArray("pilots").getArray())),
                row.getString("why"), row.getTimestamp("at").toInstant());
    }
}
