// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a plugin stores: an entry for each column of each of its tables, with category, purpose, retention, whether it is sealed, and how the person is found (GDPR
 * Art. 5(1)(c) and (e), 30(1)(c) and (f)). A map that contradicts itself cannot be made; one that contradicts the tables keeps the plugin off at the clinic.
 *
 * @param tables each once
 */
public record DataMap(List<KeptTable> tables) {

    /** Nothing is stored. */
    public static final DataMap NOTHING = new DataMap(List.of());

    /** @throws IllegalArgumentException when a table comes twice, refers to what is not in the map, or holds something of a patient's and does not say how that patient is found */
    public DataMap {
        tables = List.copyOf(tables);
        var byName = new HashMap<String, KeptTable>();
        for (var table : tables) {
            if (byName.put(table.name(), table) != null) {
                throw wrong("Table '" + table.name() + "' is twice in the data map", "once");
            }
        }
        tables.forEach(table -> check(table, byName));
    }

    /** A map of these tables. */
    public static DataMap of(KeptTable... tables) {
        return new DataMap(List.of(tables));
    }

    /** The table with this name. */
    public Optional<KeptTable> find(String table) {
        return tables.stream().filter(one -> one.name().equals(table)).findFirst();
    }

    /** Whether something is stored about patients. */
    public boolean isOfPatients() {
        return tables.stream().anyMatch(KeptTable::isOfPatients);
    }

    /** Whether something that is about a person is sealed. */
    public boolean isSealed() {
        return tables.stream()
                .anyMatch(table -> table.person().isPresent()
                        && table.columns().stream().anyMatch(KeptColumn::sealed));
    }

    /** Both together. @throws IllegalArgumentException when they name the same table */
    public DataMap and(DataMap other) {
        return new DataMap(Stream.concat(tables.stream(), other.tables.stream()).toList());
    }

    /**
     * In what the map and a database contradict each other.
     *
     * @param stored the columns of each table, by the table's name
     * @return a sentence for each column, in the order of their names; empty when they agree
     */
    public List<String> contradictions(Map<String, Set<String>> stored) {
        var sentences = new TreeMap<String, String>();
        var mapped = tables.stream()
                .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        var found = stored.entrySet()
                .stream()
                .flatMap(table -> table.getValue().stream().map(column -> table.getKey() + "." + column))
                .collect(Collectors.toCollection(TreeSet::new));
        found.stream()
                .filter(column -> !mapped.contains(column))
                .forEach(column -> sentences.put(column, "Column '" + column
                        + "' is stored and has no entry in the data map; right would be an entry that says what it holds and for how long"));
        mapped.stream()
                .filter(column -> !found.contains(column))
                .forEach(column -> sentences.put(column, "Column '" + column
                        + "' has an entry in the data map and is not stored; right would be a map without it"));
        return new ArrayList<>(sentences.values());
    }

    private static void check(KeptTable table, Map<String, KeptTable> byName) {
        switch (table.retention()) {
            case RetentionPeriod.After after -> requireColumn(table, after.since());
            case RetentionPeriod.AsSet set -> requireColumn(table, set.since());
            case RetentionPeriod.With with -> requireTable(table, with.table(), byName);
            case RetentionPeriod.Until _ -> {
            }
        }
        table.person().ifPresent(key -> {
            requireColumn(table, key.column());
            key.table().ifPresent(other -> {
                requireTable(table, other, byName);
                if (Optional.ofNullable(byName.get(other)).flatMap(KeptTable::person).isEmpty()) {
                    throw wrong("Table '" + table.name() + "' finds its person in '" + other + "', which names none",
                            "a person there");
                }
            });
        });
        if (table.isOfPatients() && table.person().isEmpty()) {
            throw wrong("Table '" + table.name() + "' holds something about patients and does not say about whom",
                    "ofPerson or ofPersonIn");
        }
    }

    private static void requireColumn(KeptTable table, String column) {
        if (!table.has(column)) {
            throw wrong(
                    "Table '" + table.name() + "' names column '" + column + "', which has no entry in the data map",
                    "one of its columns");
        }
    }

    private static void requireTable(KeptTable table, String other, Map<String, KeptTable> byName) {
        if (!byName.containsKey(other) || other.equals(table.name())) {
            throw wrong("Table '" + table.name() + "' names table '" + other + "', which is no other of the data map",
                    "another table of the map");
        }
    }

    private static IllegalArgumentException wrong(String what, String right) {
        return new IllegalArgumentException(what + "; right would be " + right);
    }
}
