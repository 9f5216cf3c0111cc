// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Which columns the tables of a schema really have. */
public final class StoredColumns {

    private StoredColumns() {
    }

    /** The columns of each table, by the table's name; what only shows them otherwise, an index or a view, stores nothing. */
    public static Map<String, Set<String>> of(Handle handle, String schema) {
        return handle.createQuery("""
                select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = to_regnamespace(:schema) and c.relkind in ('r', 'p', 'm', 'f')
                and a.attnum > 0 and not a.attisdropped""")
                .bind("schema", schema)
                .reduceRows(new TreeMap<String, Set<String>>(), (columns, row) -> {
                    columns.computeIfAbsent(row.getColumn("relname", String.class), _ -> new TreeSet<>())
                            .add(row.getColumn("attname", String.class));
                    return columns;
                });
    }
}
