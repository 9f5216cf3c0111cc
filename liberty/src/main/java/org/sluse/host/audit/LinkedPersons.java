// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.PersonKey;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.plugin.PluginId;

/**
 * Whom a plugin's link is about. The plugin's data map says it: from the row of the object that the link was issued for, by {@link PersonKey}, to the person, and from there
 * back to every row that is the same person's. Thread-safe; blocks.
 */
@OnePerNode
final class LinkedPersons {

    private static final String ID = "id";
    /** True of no row. It names the parameter, since one that is bound has to be there. */
    private static final String NOWHERE = "cast(:value as text) is null";
    private static final Pattern UUID = Pattern
            .compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    /** As many digits as every number of 64 bits has. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final PluginRegistry plugins;
    private final DataPorts data;

    /**
     * A person as a plugin knows them.
     *
     * @param id the plugin's own
     * @param ids of what is the person's, that id among them: under these the audit trail has the person. Only those that nothing else can have, UUIDs
     */
    record Person(String id, Set<String> ids) {

        Person {
            ids = Set.copyOf(ids);
        }
    }

    @Inject
    LinkedPersons(PluginRegistry plugins, DataPorts data) {
        this.plugins = plugins;
        this.data = data;
    }

    /** The person whose the object is, at the bound tenant; empty when there is no such object any more, or it is about nobody. */
    Optional<Person> find(PluginId plugin, String objectId) {
        return plugins.find(plugin.value())
                .map(PluginRegistry.Installed::dataMap)
                .flatMap(map -> data.lookUp(plugin, handle -> find(map, objectId, handle)));
    }

    /** @param handle in whose search path the plugin's tables are */
    static Optional<Person> find(DataMap map, String objectId, Handle handle) {
        // A number may be the id of a row in each of several tables, and of which one the link is, it does not say.
        if (!isUuid(objectId) && identified(map).count() > 1) {
            return Optional.empty();
        }
        return identified(map).map(table -> person(map, table, objectId, handle))
                .flatMap(Optional::stream)
                .findFirst()
                .map(person -> new Person(person, Stream
                        .concat(Stream.of(person),
                                identified(map).flatMap(table -> handle
                                        .createQuery("select id::text from \"" + table.name() + "\" where "
                                                + isOfPerson(map, table, person, handle))
                                        .bind("value", person)
                                        .mapTo(String.class)
                                        .stream()))
                        // A number may be the id of somebody else's row in another table.
                        .filter(LinkedPersons::isUuid)
                        .collect(Collectors.toSet())));
    }

    /** Whether it is an id that nothing else has, in whichever table. */
    static boolean isUuid(String text) {
        return UUID.matcher(text).matches();
    }

    private static Stream<KeptTable> identified(DataMap map) {
        return map.tables().stream().filter(table -> isIdentified(map, table));
    }

    /** Whether its rows are somebody's and have an id of their own, and those on the way to the person too. */
    private static boolean isIdentified(DataMap map, KeptTable table) {
        return table.isOfPatients() && table.columns().stream().anyMatch(column -> column.name().equals(ID))
                && table.person()
                        .flatMap(PersonKey::table)
                        .flatMap(map::find)
                        .map(other -> isIdentified(map, other))
                        .orElse(true);
    }

    private static Optional<String> person(DataMap map, KeptTable table, String id, Handle handle) {
        var key = table.person().orElseThrow();
        var value = handle
                .createQuery("select \"" + key.column() + "\"::text from \"" + table.name() + "\" where "
                        + has(table, ID, id, handle) + " limit 1")
                .bind("value", id)
                .mapTo(String.class)
                .findOne();
        return key.table().isEmpty()
                ? value
                : value.flatMap(row -> person(map, map.find(key.table().get()).orElseThrow(), row, handle));
    }

    private static String isOfPerson(DataMap map, KeptTable table, String person, Handle handle) {
        var key = table.person().orElseThrow();
        return key.table()
                .flatMap(map::find)
                .map(other -> "\"" + key.column() + "\" in (select id from \"" + other.name() + "\" where "
                        + isOfPerson(map, other, person, handle) + ")")
                .orElseGet(() -> has(table, key.column(), person, handle));
    }

    /** That the column has the value, as an index on it finds it; what the column's type does not know no row has. */
    private static String has(KeptTable table, String column, String value, Handle handle) {
        var type = handle
                .createQuery(
                        "select format_type(atttypid, null) from pg_attribute where attrelid = cast(:table as regclass) and attname = :column")
                .bind("table", "\"" + table.name() + "\"")
                .bind("column", column)
                .mapTo(String.class)
                .one();
        return switch (type) {
            case "uuid" -> isUuid(value) ? "\"" + column + "\" = cast(:value as uuid)" : NOWHERE;
            case "smallint", "integer", "bigint" ->
                NUMBER.matcher(value).matches() ? "\"" + column + "\" = cast(:value as bigint)" : NOWHERE;
            default -> "\"" + column + "\"::text = :value";
        };
    }
}
