// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.sluse.host.backup.Manifest.Column;
import org.sluse.host.backup.Manifest.Migration;
import org.sluse.host.backup.Manifest.Part;
import org.sluse.host.backup.Manifest.Position;
import org.sluse.host.backup.Manifest.Schema;
import org.sluse.host.backup.Manifest.Structure;

/** A clinic's database in one open transaction: what there is, out of it and into it. */
final class Tables {

    /** Never in a backup: whoever had signed out since would be signed in again, and who was erased would be named. */
    private static final Set<String> LEFT_OUT = Set.of("\"core\".\"staff_session\"", "\"core\".\"clinic_key\"",
            "\"core\".\"erasure_request\"");
    /** In each plugin's schema; not in a backup of the data, whose rows nobody could erase. */
    private static final String KEYS_OF_PERSONS = "person_key";
    private static final String HISTORY = "schema_history";
    private static final int CHUNK = 1 << 16;

    /** The same rows are the same text on every server; names in it are whole; a large table takes its time. */
    private static final String ONE_TEXT = """
            set local datestyle = 'ISO, YMD'; set local timezone = 'UTC'; set local intervalstyle = 'postgres'; set local extra_float_digits = 3;
            set local bytea_output = 'hex'; set local synchronize_seqscans = off; set local search_path = pg_catalog;
            set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0""";

    private final Handle handle;
    private final CopyManager copying;

    Tables(Handle handle) {
        this.handle = handle;
        this.copying = copying(handle);
        handle.execute(ONE_TEXT);
    }

    static CopyManager copying(Handle handle) {
        try {
            return handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
        } catch (SQLException impossible) {
            throw new IllegalStateException("Not a connection of PostgreSQL", impossible);
        }
    }

    String snapshot() {
        return handle.createQuery("select pg_current_snapshot()::text").mapTo(String.class).one();
    }

    /** Every schema of the clinic, those of plugins that are gone too; {@code core} first. */
    List<Schema> schemas() {
        return handle.createQuery("""
                select nspname from pg_namespace where nspname ~ '^[a-z][a-z0-9]{1,19}$' and nspname <> 'public'
                order by nspname <> 'core', nspname""")
                .mapTo(String.class)
                .map(name -> new Schema(name, migrations(name), structure(name)))
                .list();
    }

    List<Migration> migrations(String schema) {
        var history = named(schema, HISTORY);
        if (handle.createQuery("select to_regclass(:history) is null")
                .bind("history", history)
                .mapTo(boolean.class)
                .one()) {
            return List.of();
        }
        return handle
                .createQuery("select version, coalesce(checksum, 0) from " + history
                        + " where version is not null and success order by installed_rank")
                .map((row, context) -> new Migration(row.getString(1), row.getInt(2)))
                .list();
    }

    /** Every table but those that are left out, without numbers. */
    List<Part> tables() {
        return all().filter(table -> !LEFT_OUT.contains(named(table.schema(), table.table()))
                && !table.table().equals(KEYS_OF_PERSONS)).toList();
    }

    /** Keys, and who was erased. */
    List<Part> keyTables() {
        return all().filter(table -> table.table().equals(KEYS_OF_PERSONS)
                || table.schema().equals("core") && Set.of("clinic_key", "erased").contains(table.table())).toList();
    }

    private Stream<Part> all() {
        return handle.createQuery(
                """
                        select nspname, relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                        where relkind = 'r' and nspname ~ '^[a-z][a-z0-9]{1,19}$' and nspname <> 'public' order by nspname <> 'core', nspname, relname""")
                .map((row, context) -> new Part(row.getString(1), row.getString(2),
                        columns(row.getString(1), row.getString(2)), 0, 0, ""))
                .list()
                .stream();
    }

    /** Those that rows are written into; what PostgreSQL computes it computes again. */
    private List<Column> columns(String schema, String table) {
        return handle.createQuery(
                """
                        select attname, format_type(atttypid, atttypmod) from pg_attribute
                        where attrelid = to_regclass(:table) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum""")
                .bind("table", named(schema, table))
                .map((row, context) -> new Column(row.getString(1), row.getString(2)))
                .list();
    }

    /** Of sequences that have given a value. Read after the snapshot was taken, so that none is behind a row of it. */
    List<Position> positions() {
        return handle.createQuery(
                """
                        select schemaname, sequencename, last_value from pg_sequences
                        where last_value is not null and schemaname ~ '^[a-z][a-z0-9]{1,19}$' and schemaname <> 'public' order by 1, 2""")
                .map((row, context) -> new Position(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    long copyOut(Part table, OutputStream target) throws IOException {
        try {
            return copying.copyOut("copy " + named(table.schema(), table.table()) + list(table) + " to stdout", target);
        } catch (SQLException unreadable) {
            throw new IllegalStateException("Table '" + table.table() + "' cannot be copied (SQLSTATE "
                    + unreadable.getSQLState() + ")", unreadable);
        }
    }

    /** Makes room: no table has rows, and until {@link #close} no row is compared with another table's. */
    Room empty(List<Part> tables) {
        var foreignKeys = handle.createQuery(
                """
                        select 'alter table ' || conrelid::regclass || ' drop constraint ' || quote_ident(conname),
                               'alter table ' || conrelid::regclass || ' add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
                        from pg_constraint where contype = 'f' and conparentid = 0 order by conrelid, conname""")
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .list();
        var triggers = handle
                .createQuery("select distinct tgrelid::regclass::text from pg_trigger where not tgisinternal")
                .mapTo(String.class)
                .list();
        foreignKeys.forEach(key -> execute(key.getKey()));
        triggers.forEach(table -> execute("alter table " + table + " disable trigger user"));
        if (!tables.isEmpty()) {
            execute("truncate "
                    + tables.stream()
                            .map(table -> named(table.schema(), table.table()))
                            .collect(Collectors.joining(", ")));
        }
        return new Room(foreignKeys.stream().map(Map.Entry::getValue).toList(), triggers);
    }

    /**
     * What was taken away for the time of writing.
     *
     * @param foreignKeys statements that make them again
     * @param triggers tables whose triggers are asleep
     */
    record Room(List<String> foreignKeys, List<String> triggers) {}

    long copyIn(Part table, InputStream rows) throws IOException {
        return copyIn(copying, named(table.schema(), table.table()), table, rows);
    }

    static long copyIn(CopyManager copying, String target, Part table, InputStream rows) throws IOException {
        try {
            return copying.copyIn("copy " + target + list(table) + " from stdin", rows, CHUNK);
        } catch (SQLException doesNotFit) {
            throw new BackupRefusedException("Rows of table '" + table.table() + "' do not fit (SQLSTATE "
                    + doesNotFit.getSQLState() + "); right would be the version of the server that made the backup",
                    doesNotFit);
        }
    }

    /** Every row is compared with those that it points at, here. */
    void close(Room room, List<String> furtherKeys) {
        room.foreignKeys().forEach(this::execute);
        furtherKeys.forEach(this::execute);
        room.triggers().forEach(table -> execute("alter table " + table + " enable trigger user"));
    }

    void set(List<Position> positions) {
        positions.forEach(one -> handle.createQuery("select setval(cast(:sequence as regclass), :last)")
                .bind("sequence", named(one.schema(), one.sequence()))
                .bind("last", one.last())
                .mapTo(long.class)
                .one());
        handle.execute("analyze");
    }

    /** As it is: Jdbi would look for parameters in it. */
    void execute(String statement) {
        try (var plain = handle.getConnection().createStatement()) {
            plain.execute(statement);
        } catch (SQLException refused) {
            throw new BackupRefusedException("The rows do not hold together, or a table cannot be made (SQLSTATE "
                    + refused.getSQLState() + "); right would be another backup", refused);
        }
    }

    static boolean isHistory(Part table) {
        return table.table().equals(HISTORY);
    }

    static String named(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String list(Part table) {
        return table.columns().isEmpty()
                ? ""
                : table.columns()
                        .stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** Statements that make the schema's tables; empty when there is more in it than tables, their sequences, constraints and indexes. */
    private Optional<Structure> structure(String schema) {
        if (hasMore(schema)) {
            return Optional.empty();
        }
        var before = new ArrayList<String>();
        before.addAll(statements(SEQUENCES, schema));
        before.addAll(statements(TABLES, schema));
        before.addAll(statements(OWNERS, schema));
        before.addAll(statements(CONSTRAINTS, schema));
        before.addAll(statements(INDEXES, schema));
        return Optional.of(new Structure(before, statements(FOREIGN_KEYS, schema)));
    }

    private boolean hasMore(String schema) {
        return handle
                .createQuery(
                        """
                                select exists (select from pg_proc where pronamespace = :schema)
                                    or exists (select from pg_class where relnamespace = :schema and (relkind not in ('r', 'i', 'S', 't') or relispartition or relhassubclass))
                                    or exists (select from pg_type where typnamespace = :schema and typtype not in ('c', 'b'))
                                    or exists (select from pg_trigger join pg_class on pg_class.oid = tgrelid where relnamespace = :schema and not tgisinternal)
                                    or exists (select from pg_policy join pg_class on pg_class.oid = polrelid where relnamespace = :schema)
                                from (select oid as schema from pg_namespace where nspname = :name) one"""
                                .replace(":schema", "one.schema"))
                .bind("name", schema)
                .mapTo(boolean.class)
                .one();
    }

    private List<String> statements(String query, String schema) {
        return handle.createQuery(query).bind("schema", schema).mapTo(String.class).list();
    }

    /** Not those of identity columns, which come with the column. */
    private static final String SEQUENCES = """
            select format('create sequence %I.%I as %s increment %s minvalue %s maxvalue %s start %s cache %s', nspname, relname, seqtypid::regtype, seqincrement,
                seqmin, seqmax, seqstart, seqcache) || case when seqcycle then ' cycle' else '' end
            from pg_sequence join pg_class on pg_class.oid = seqrelid join pg_namespace on pg_namespace.oid = relnamespace
            where nspname = :schema and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = seqrelid and deptype = 'i')
            order by relname""";

    private static final String TABLES = """
            select format('create table %I.%I (', nspname, relname) || coalesce(string_agg(format('%I %s', attname, format_type(atttypid, atttypmod))
                || case when attcollation <> typcollation then ' collate ' || attcollation::regcollation else '' end
                || case when attgenerated = 's' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
                    when attidentity = 'a' then ' generated always as identity'
                    when attidentity = 'd' then ' generated by default as identity'
                    when adbin is not null then ' default ' || pg_get_expr(adbin, adrelid) else '' end
                || case when attnotnull then ' not null' else '' end, ', ' order by attnum), '') || ')'
            from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                left join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
                left join pg_type on pg_type.oid = atttypid left join pg_attrdef on adrelid = attrelid and adnum = attnum
            where relkind = 'r' and nspname = :schema group by nspname, relname order by relname""";

    private static final String OWNERS = """
            select format('alter sequence %I.%I owned by %s.%I', nspname, pg_class.relname, refobjid::regclass, attname)
            from pg_depend join pg_class on pg_class.oid = objid and relkind = 'S' join pg_namespace on pg_namespace.oid = relnamespace
                join pg_attribute on attrelid = refobjid and attnum = refobjsubid
            where classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and deptype = 'a' and nspname = :schema order by pg_class.relname""";

    private static final String CONSTRAINTS = """
            select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid))
            from pg_constraint join pg_namespace on pg_namespace.oid = connamespace
            where contype in ('p', 'u', 'c', 'x') and conrelid <> 0 and nspname = :schema order by conrelid::regclass::text, conname""";

    private static final String INDEXES = """
            select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid join pg_namespace on pg_namespace.oid = relnamespace
            where nspname = :schema and not exists (select from pg_constraint where conindid = indexrelid) order by relname""";

    private static final String FOREIGN_KEYS = """
            select format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid))
            from pg_constraint join pg_namespace on pg_namespace.oid = connamespace
            where contype = 'f' and nspname = :schema order by conrelid::regclass::text, conname""";
}
