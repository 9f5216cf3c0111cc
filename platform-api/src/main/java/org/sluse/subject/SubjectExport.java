// SPDX-License-Identifier: Apache-2.0
package org.sluse.subject;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.sluse.data.Cell;
import org.sluse.data.KeptTable;
import org.sluse.data.PersonSeal;

/**
 * Everything that a plugin keeps about a person.
 *
 * @param ids under which the audit trail has the person; empty when nothing is kept, and only then
 * @param parts rows, by table; a table without a row of the person's is not among them
 * @param fhir the same as FHIR R4 resources in JSON, as far as the plugin has them; may be empty
 */
public record SubjectExport(Set<String> ids, List<Part> parts, List<String> fhir) {

    /** Nothing is kept under the id. */
    public static final SubjectExport NOTHING = new SubjectExport(Set.of(), List.of(), List.of());

    public SubjectExport {
        ids = Set.copyOf(ids);
        parts = parts.stream().filter(part -> !part.rows().isEmpty()).toList();
        fhir = List.copyOf(fhir);
        if (ids.isEmpty() && !(parts.isEmpty() && fhir.isEmpty())) {
            throw new IllegalArgumentException(
                    "Something is given out, and no id says whose it is; right would be each id under which the audit trail has the person");
        }
    }

    /** Whether nothing is kept under the id. */
    public boolean isNothing() {
        return ids.isEmpty();
    }

    /**
     * Rows of one table.
     *
     * @param table as in the data map
     * @param rows each by the names of its columns, in their order; values as text, and none where the database has none
     */
    public record Part(String table, List<Map<String, String>> rows) {

        public Part {
            rows = rows.stream().map(row -> Collections.unmodifiableMap(new LinkedHashMap<>(row))).toList();
        }

        /**
         * The same rows with what is sealed in them opened, and without indexes, which say nothing to anybody.
         *
         * @param seal the person's
         * @param kept the table as it stands in the data map
         * @param key the columns of its primary key, in order
         */
        public Part opened(PersonSeal seal, KeptTable kept, List<String> key) {
            return new Part(table, rows.stream().map(row -> {
                var values = new LinkedHashMap<>(row);
                var place = key.stream().map(row::get).toArray();
                kept.columns()
                        .stream()
                        .filter(column -> kept.isIndexed(column.name()))
                        .forEach(column -> values.remove(KeptTable.indexOf(column.name())));
                values.replaceAll((column, value) -> kept.isSealed(column)
                        ? seal.open(Cell.of(table, column, place), value)
                        : value);
                return (Map<String, String>) values;
            }).toList());
        }

        /**
         * Reads whole rows in the handle's transaction.
         *
         * @param condition which rows of the table, with {@code :ids} for the array of ids, for example {@code patient_id = any(:ids)}
         * @param type of an id in the database: {@code java.util.UUID}, {@code String}
         */
        public static <T> Part read(Handle handle, String table, String condition, Class<T> type, List<T> ids) {
            return new Part(table, handle.createQuery("select * from " + table + " where " + condition)
                    .bindArray("ids", type, ids)
                    .map((row, context) -> {
                        Map<String, String> values = new LinkedHashMap<>();
                        for (var column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                            var text = row.getString(column);
                            if (text != null) {
                                values.put(row.getMetaData().getColumnName(column), text);
                            }
                        }
                        return values;
                    })
                    .list());
        }
    }
}
