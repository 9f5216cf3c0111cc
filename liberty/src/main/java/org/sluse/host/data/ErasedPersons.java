// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.host.seal.Seals;
import org.sluse.plugin.PluginId;

/**
 * Persons of whom a plugin keeps nothing any more: their keys are destroyed, and {@code core.erased} keeps who that was, by the id that means nothing elsewhere. Names of a data map have a form that needs no more
 * than quotes.
 */
final class ErasedPersons {

    private final PluginId plugin;
    private final DataMap map;

    /** @param map what the plugin says it stores */
    ErasedPersons(PluginId plugin, DataMap map) {
        this.plugin = plugin;
        this.map = map;
    }

    /**
     * Destroys the key of everybody of whom there is no row. Whoever seals something of them at this moment is waited for.
     *
     * @param handle of the owner of the plugin's schema, which is first in its search path
     * @param erased who was erased now, whether they had a key or not
     * @return those of whom nothing is there: keys were destroyed, or there was none
     */
    List<String> settle(Handle handle, Collection<String> erased) {
        if (direct().isEmpty()) {
            return List.of();
        }
        var unneeded = handle
                .createQuery("select person from person_key where " + isNobodys("person_key.person") + " for update")
                .mapTo(String.class)
                .list();
        // A statement of its own: it sees what was committed while the first one waited.
        var destroyed = handle
                .createQuery(
                        "delete from person_key where person = any(:unneeded) and " + isNobodys("person_key.person")
                                + " returning person")
                .bindArray("unneeded", String.class, unneeded)
                .mapTo(String.class)
                .list();
        var without = handle
                .createQuery("select candidate.id from unnest(:ids) candidate(id) where " + isNobodys("candidate.id"))
                .bindArray("ids", String.class, List.copyOf(erased))
                .mapTo(String.class)
                .list();
        return Stream.concat(destroyed.stream(), without.stream()).distinct().toList();
    }

    /** Every person of whom there is a row, in an order that stays. @param handle whose search path begins with the plugin's schema */
    List<String> all(Handle handle) {
        return direct().isEmpty()
                ? List.of()
                : handle.createQuery(direct().stream()
                        .map(table -> "select " + person(table) + " as person from " + quoted(table.name()))
                        .collect(Collectors.joining(" union ", "select person from (",
                                ") found where person is not null order by 1")))
                        .mapTo(String.class)
                        .list();
    }

    /** @param handle as the host's own role */
    void keep(Handle handle, List<String> persons, Instant now) {
        handle.createUpdate("""
                insert into core.erased (plugin, person, at) select :plugin, person, :now from unnest(:persons) person
                on conflict (plugin, person) do update set at = excluded.at""")
                .bind("plugin", plugin.value())
                .bind("now", now)
                .bindArray("persons", String.class, persons)
                .execute();
    }

    /** Who was erased since then. Whoever was erased before that and is there has come back since. */
    List<String> since(Handle handle, Instant then) {
        return handle.createQuery("select person from core.erased where plugin = :plugin and at >= :then")
                .bind("plugin", plugin.value())
                .bind("then", then)
                .mapTo(String.class)
                .list();
    }

    /**
     * Erases again whoever was erased: rows of an earlier moment. What goes with them goes too.
     *
     * @param handle that may delete in the plugin's schema, which is first in its search path
     * @return how many rows
     */
    int again(Handle handle, Collection<String> persons) {
        var stored = StoredColumns.of(handle, plugin.value());
        return direct().stream()
                // Tables of a backup may be older than the map.
                .filter(table -> stored.containsKey(table.name()))
                .mapToInt(table -> handle
                        .createUpdate("delete from " + quoted(table.name()) + " where " + person(table)
                                + " = any(:persons)")
                        .bindArray("persons", String.class, List.copyOf(persons))
                        .execute())
                .sum();
    }

    /** Of how many persons something sealed is there that nobody could open: their keys are not. */
    long withoutKey(Handle handle) {
        var stored = StoredColumns.of(handle, plugin.value());
        return direct().stream()
                .mapToLong(table -> table.columns()
                        .stream()
                        // Tables of a backup may be older than the map, and what stands in them plain still.
                        .filter(column -> column.sealed()
                                && stored.getOrDefault(table.name(), Set.of()).contains(column.name()))
                        .mapToLong(column -> withoutKey(handle, table, column.name()))
                        .max()
                        .orElse(0))
                .sum();
    }

    private static long withoutKey(Handle handle, KeptTable table, String column) {
        return handle
                .createQuery("select count(distinct " + person(table) + ") from " + quoted(table.name())
                        + " where starts_with(" + quoted(column) + "::text, '" + Seals.MARK
                        + "') and not exists (select 1 from person_key where person_key.person = " + person(table)
                        + ")")
                .mapTo(long.class)
                .one();
    }

    /** Tables in which the person's id stands in the row itself; those of other tables are found through them. */
    private List<KeptTable> direct() {
        return map.tables()
                .stream()
                .filter(table -> table.person().filter(key -> key.table().isEmpty()).isPresent())
                .toList();
    }

    private String isNobodys(String id) {
        return direct().stream()
                .map(table -> "not exists (select 1 from " + quoted(table.name()) + " where " + person(table) + " = "
                        + id
                        + ")")
                .collect(Collectors.joining(" and "));
    }

    private static String person(KeptTable table) {
        return quoted(table.name()) + "." + quoted(table.person().orElseThrow().column()) + "::text";
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
