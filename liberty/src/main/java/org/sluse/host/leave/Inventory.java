// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sluse.host.backup.Backups;

/**
 * What there was of a clinic. Numbers and fingerprints, and nothing of what was in it.
 *
 * @param tables of its database, with rows or without
 * @param bytes of the database
 * @param keys of the clinic: one, or none when nothing was ever sealed
 * @param log where its audit log ended; empty when it was never signed
 * @param stored what lay at the operator's place for backups
 * @param registerRevisions that stay
 */
record Inventory(List<Table> tables, long bytes, List<Key> keys, Optional<LogEnd> log, Backups.Stored stored,
        int registerRevisions) {

    /** @param rows how many */
    record Table(String schema, String name, long rows) {}

    /** @param version rises with each rotation @param sha256 of the key as it lay there, wrapped; hexadecimal */
    record Key(int version, String sha256) {}

    /** @param entries that were signed @param checkpoint the last one, as its witness has it */
    record LogEnd(long entries, String checkpoint) {}

    /** @param handle of the clinic's database, which reads all of it */
    static Inventory of(Handle handle, Backups.Stored stored, int registerRevisions) {
        handle.execute("set local statement_timeout = 0");
        var tables = handle.createQuery(
                """
                        select schemaname, tablename from pg_tables
                        where schemaname not in ('pg_catalog', 'information_schema') order by schemaname <> 'core', schemaname, tablename""")
                .map((row, context) -> new Table(row.getString(1), row.getString(2), 0))
                .list()
                .stream()
                .map(table -> new Table(table.schema(), table.name(), rows(handle, table)))
                .toList();
        var bytes = handle.createQuery("select pg_database_size(current_database())").mapTo(long.class).one();
        return new Inventory(tables, bytes, has(tables, "clinic_key") ? keys(handle) : List.of(),
                has(tables, "checkpoint") ? log(handle) : Optional.empty(), stored, registerRevisions);
    }

    /** Everything in every table. */
    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /** Of persons. */
    long personKeys() {
        return tables.stream().filter(table -> table.name().equals("person_key")).mapToLong(Table::rows).sum();
    }

    private static boolean has(List<Table> tables, String core) {
        return tables.stream().anyMatch(table -> table.schema().equals("core") && table.name().equals(core));
    }

    private static long rows(Handle handle, Table table) {
        return handle.createQuery("select count(*) from \"" + table.schema() + "\".\"" + table.name() + "\"")
                .mapTo(long.class)
                .one();
    }

    private static List<Key> keys(Handle handle) {
        return handle.createQuery(
                "select version, encode(sha256(convert_to(wrapped, 'UTF8')), 'hex') from core.clinic_key")
                .map((row, context) -> new Key(row.getInt(1), row.getString(2)))
                .list();
    }

    private static Optional<LogEnd> log(Handle handle) {
        return handle.createQuery("select size, note from core.checkpoint order by size desc limit 1")
                .map((row, context) -> new LogEnd(row.getLong(1), row.getString(2)))
                .findOne();
    }
}
