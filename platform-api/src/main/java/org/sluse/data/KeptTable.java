// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * One table of a {@link DataMap}, for example
 * <pre>
 * KeptTable.of("loan", "kept.loans", new RetentionPeriod.After(365, "returned_at"))
 *         .plain(KeptCategory.PSEUDONYM, "id", "patient_id")
 *         .plain(KeptCategory.NONE, "book", "returned_at")
 *         .ofPerson("patient_id")
 * </pre>
 *
 * @param name as in the database, without a schema
 * @param purposeKey what its rows are for, in words; key of the plugin's message bundles. Tables with the same key are one thing to who reads the register
 * @param retention how long a row is kept
 * @param person whose a row is; empty when it is nobody's, or only staff's, whose ids stand in columns of the category {@link KeptCategory#STAFF}
 * @param columns each once
 */
public record KeptTable(String name, String purposeKey, RetentionPeriod retention, Optional<PersonKey> person,
        List<KeptColumn> columns) {

    public KeptTable {
        SqlName.check(name);
        columns = List.copyOf(columns);
        var seen = new HashSet<String>();
        for (var column : columns) {
            if (!seen.add(column.name())) {
                throw new IllegalArgumentException("Column '" + name + "." + column.name()
                        + "' has two entries in the data map; right would be one");
            }
        }
    }

    /** A table without columns yet. */
    public static KeptTable of(String name, String purposeKey, RetentionPeriod retention) {
        return new KeptTable(name, purposeKey, retention, Optional.empty(), List.of());
    }

    /** The same table with columns that whoever reads the database can read. */
    public KeptTable plain(KeptCategory category, String... names) {
        return with(category, false, names);
    }

    /** The same table with columns that can be read only with a key that is not in the database; in a table that is about a person they are of type {@code text} and sealed by {@link PersonSeal}. */
    public KeptTable sealed(KeptCategory category, String... names) {
        return with(category, true, names);
    }

    /** The same table with sealed columns of type {@code text}, each with a column beside it by which it is found: {@code <name>_index}, see {@link Transaction#indexOf}. */
    public KeptTable indexed(KeptCategory category, String... names) {
        return sealed(category, names).plain(KeptCategory.PSEUDONYM,
                Arrays.stream(names).map(KeptTable::indexOf).toArray(String[]::new));
    }

    /** The column that holds the index of this one. */
    public static String indexOf(String column) {
        return column + "_index";
    }

    /** Whether this column is sealed. */
    public boolean isSealed(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column) && one.sealed());
    }

    /** Whether this column is sealed and found by an index. */
    public boolean isIndexed(String column) {
        return isSealed(column) && has(indexOf(column));
    }

    /** The same table; the value of this column is the id of the person whose a row is. */
    public KeptTable ofPerson(String column) {
        return new KeptTable(name, purposeKey, retention, Optional.of(new PersonKey(column, Optional.empty())),
                columns);
    }

    /** The same table; a row is the person's whose the row of {@code table} is to which this column refers. */
    public KeptTable ofPersonIn(String table, String column) {
        return new KeptTable(name, purposeKey, retention, Optional.of(new PersonKey(column, Optional.of(table))),
                columns);
    }

    /** Whether a column holds something about a patient. */
    public boolean isOfPatients() {
        return columns.stream().anyMatch(column -> column.category().isOfPatients());
    }

    boolean has(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column));
    }

    private KeptTable with(KeptCategory category, boolean isSealed, String... names) {
        var all = new ArrayList<>(columns);
        Arrays.stream(names).map(one -> new KeptColumn(one, category, isSealed)).forEach(all::add);
        return new KeptTable(name, purposeKey, retention, person, all);
    }
}
