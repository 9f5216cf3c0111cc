// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sluse.data.Cell;
import org.sluse.data.DataMap;
import org.sluse.data.KeptColumn;
import org.sluse.data.KeptTable;
import org.sluse.data.PersonKey;
import org.sluse.host.seal.Seals;

/** Cells of sealed columns that are plain still: rows from before their column was sealed. Names of a data map have a form that needs no more than quotes. */
final class PlainCells {

    /** At once in memory. */
    private static final int ROWS = 500;

    private final Handle handle;
    private final DataMap map;

    /** @param handle as the plugin's role, in its schema @param map what the plugin says it stores */
    PlainCells(Handle handle, DataMap map) {
        this.handle = handle;
        this.map = map;
    }

    /** A column of a primary key. @param type as PostgreSQL writes it, by which the key is found in its index */
    private record Key(String column, String type) {}

    /** A row with a plain cell: the values of its primary key, whose it is, and what stands in its sealed columns. */
    private record Row(List<String> key, String person, Map<String, String> cells) {}

    boolean isThere() {
        return tables().anyMatch(table -> !rows(table, key(table), 1).isEmpty());
    }

    /** Seals every one, with its index. */
    void seal(Seals seals) {
        tables().forEach(table -> {
            var key = key(table);
            for (var rows = rows(table, key, ROWS); !rows.isEmpty(); rows = rows(table, key, ROWS)) {
                var ofPerson = seals.of(rows.stream().map(Row::person).toList());
                rows.forEach(row -> row.cells().forEach((column, plain) -> {
                    var cell = Cell.of(table.name(), column, row.key().toArray());
                    write(table, key, row, column, ofPerson.apply(row.person()).seal(cell, plain),
                            table.isIndexed(column) ? seals.indexOf(table.name(), column, plain) : null);
                }));
            }
        });
    }

    /** Tables with sealed columns. */
    List<String> tableNames() {
        return tables().map(KeptTable::name).toList();
    }

    private Stream<KeptTable> tables() {
        return map.tables().stream().filter(table -> table.person().isPresent() && !sealed(table).isEmpty());
    }

    private static List<String> sealed(KeptTable table) {
        return table.columns().stream().filter(KeptColumn::sealed).map(KeptColumn::name).toList();
    }

    private List<Row> rows(KeptTable table, List<Key> key, int limit) {
        var columns = sealed(table);
        var wanted = Stream.of(key.stream().map(one -> "own." + quoted(one.column()) + "::text"),
                Stream.of(person(table, "own")), columns.stream().map(column -> "own." + quoted(column)))
                .flatMap(one -> one)
                .collect(Collectors.joining(", "));
        var plain = columns.stream().map(PlainCells::isPlain).collect(Collectors.joining(" or "));
        return handle
                .createQuery("select " + wanted + " from " + quoted(table.name()) + " own where " + plain + " limit "
                        + limit)
                .map((row, context) -> {
                    var values = new ArrayList<String>();
                    for (var one = 1; one <= key.size(); one++) {
                        values.add(row.getString(one));
                    }
                    var cells = new HashMap<String, String>();
                    for (var one = 0; one < columns.size(); one++) {
                        var text = row.getString(key.size() + 2 + one);
                        if (text != null && !Seals.isSealed(text)) {
                            cells.put(columns.get(one), text);
                        }
                    }
                    return new Row(values, row.getString(key.size() + 1), cells);
                })
                .list();
    }

    private static String isPlain(String column) {
        return "not starts_with(own." + quoted(column) + ", '" + Seals.MARK + "')";
    }

    private void write(KeptTable table, List<Key> key, Row row, String column, String sealed,
            byte @Nullable [] index) {
        var set = quoted(column) + " = :sealed"
                + (index == null ? "" : ", " + quoted(KeptTable.indexOf(column)) + " = :index");
        var update = handle.createUpdate("update " + quoted(table.name()) + " set " + set + " where "
                + IntStream.range(0, key.size())
                        .mapToObj(one -> quoted(key.get(one).column()) + " = cast(:key_" + one + " as "
                                + key.get(one).type() + ")")
                        .collect(Collectors.joining(" and ")));
        for (var one = 0; one < key.size(); one++) {
            update.bind("key_" + one, row.key().get(one));
        }
        if (index != null) {
            update.bind("index", index);
        }
        update.bind("sealed", sealed).execute();
    }

    /** The columns of the primary key, in its order. */
    private List<Key> key(KeptTable table) {
        var key = handle.createQuery(
                """
                        select attname, format_type(atttypid, atttypmod) from pg_constraint, unnest(conkey) with ordinality as part(number, place)
                        join pg_attribute on attnum = part.number
                        where contype = 'p' and conrelid = to_regclass(:table) and attrelid = conrelid order by part.place""")
                .bind("table", quoted(table.name()))
                .map((row, context) -> new Key(row.getString(1), row.getString(2)))
                .list();
        if (key.isEmpty()) {
            throw new IllegalStateException("Table '" + table.name()
                    + "' has sealed columns and no primary key; right would be one, for a cell to be bound to");
        }
        return key;
    }

    /** An expression of SQL: the id of the person whose a row is. */
    private String person(KeptTable table, String alias) {
        var owner = table.person().orElseThrow();
        return owner.table()
                .map(other -> elsewhere(owner, alias, map.find(other).orElseThrow()))
                .orElseGet(() -> alias + "." + quoted(owner.column()) + "::text");
    }

    private String elsewhere(PersonKey owner, String alias, KeptTable other) {
        var inner = alias + "_";
        return "(select " + person(other, inner) + " from " + quoted(other.name()) + " " + inner + " where " + inner
                + "."
                + quoted(key(other).getFirst().column()) + " = " + alias + "." + quoted(owner.column()) + ")";
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }
}
