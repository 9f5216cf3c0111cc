// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.DataMap;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.data.Transaction;
import org.sluse.plugin.Plugin;
import org.sluse.subject.SubjectData;
import org.sluse.subject.SubjectExport;

/**
 * What the data map of a plugin is held to: it agrees with the tables that the migrations make, as a server demands at each clinic, and can be kept to. A plugin that stores data about patients gives one person all of it and nobody
 * else's, and erases it. On a real PostgreSQL; no server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DataMapContract {

    private static final String FLYWAY = "flyway_schema_history";

    private final String plugin;
    private final DataMap map;
    private final Jdbi database;

    /** @param plugin its bean, made without a container */
    protected DataMapContract(Plugin<?> plugin) {
        this.plugin = plugin.id().value();
        this.map = plugin.dataMap();
        var fresh = TestDatabase.fresh(this.plugin);
        TestDatabase.migrations(this.plugin, fresh).load().migrate();
        this.database = Jdbi.create(fresh);
    }

    @Test
    void has_an_entry_for_each_column_and_a_column_for_each_entry() {
        assertThat(map.contradictions(columns())).as("where the data map of '%s' and its tables differ", plugin)
                .isEmpty();
    }

    @Test
    void tells_the_time_of_keeping_by_a_column_that_holds_a_time() {
        map.tables()
                .forEach(table -> since(table.retention()).ifPresent(column -> assertThat(type(table.name(), column))
                        .as("type of %s.%s, since which the rows are kept", table.name(), column)
                        .isIn("timestamp with time zone", "date")));
    }

    @Test
    void deletes_with_another_row_what_it_says_to_go_with_it() {
        var cascades = database.withHandle(this::cascades);

        map.tables().forEach(table -> {
            if (table.retention() instanceof RetentionPeriod.With with) {
                assertThat(cascades)
                        .as("a foreign key 'on delete cascade' from '%s' to '%s'", table.name(), with.table())
                        .contains(Map.entry(table.name(), with.table()));
            }
        });
    }

    @Test
    void gives_a_person_the_rows_of_every_table_that_is_about_patients_and_nobody_elses() {
        withTwoPersons((subjects, one, other) -> {
            var tables = map.tables().stream().filter(KeptTable::isOfPatients).map(KeptTable::name).toList();

            var export = subjects.export(one);

            assertThat(export.ids()).as("ids under which the audit trail has the person").isNotEmpty();
            assertThat(export.parts()).extracting(SubjectExport.Part::table)
                    .containsExactlyInAnyOrderElementsOf(tables);
            assertThat(rows(export)).as("rows of the person, none of which is another's")
                    .doesNotContainAnyElementsOf(rows(subjects.export(other)));
            assertThat(subjects.export("nobody's id").isNothing()).isTrue();
        });
    }

    @Test
    void gives_a_person_what_is_sealed_in_the_clear_and_the_database_nothing_of_it() {
        var tables = TestDatabase.with(plugin);
        if (map.isOfPatients()) {
            var subjects = subjects(tables);
            var one = tables.inTransaction(AuditEntry.of(AuditAction.CREATE, "Person", "*"), tx -> person(tx, 1));

            subjects.export(one).parts().forEach(part -> {
                var kept = map.find(part.table()).orElseThrow();
                part.rows().forEach(row -> row.forEach((column, given) -> {
                    if (kept.isSealed(column)) {
                        assertThat(given).as("what the export gives of %s.%s", part.table(), column)
                                .doesNotStartWith(SealsByHand.MARK);
                        assertThat(stored(tables, part.table(), column)).as("what lies in %s.%s", part.table(), column)
                                .allMatch(value -> value.startsWith(SealsByHand.MARK));
                    }
                }));
            });
        }
    }

    private static List<String> stored(TestDatabase tables, String table, String column) {
        return tables.inTransaction(AuditEntry.list("Cell"),
                tx -> tx.handle()
                        .createQuery(
                                "select \"" + column + "\" from \"" + table + "\" where \"" + column + "\" is not null")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void says_what_would_be_erased_and_changes_nothing() {
        withTwoPersons((subjects, one, other) -> {
            var before = subjects.export(one);

            var would = subjects.erase(one, true);

            assertThat(subjects.export(one)).isEqualTo(before);
            assertThat(would.erased()).isEqualTo(before.parts()
                    .stream()
                    .collect(Collectors.toMap(SubjectExport.Part::table, part -> part.rows().size())));
            assertThat(subjects.erase("nobody's id", true).isNothing()).isTrue();
        });
    }

    @Test
    void erases_one_person_and_nobody_else() {
        withTwoPersons((subjects, one, other) -> {
            var ofOther = subjects.export(other);
            var would = subjects.erase(one, true);

            assertThat(subjects.erase(one, false)).isEqualTo(would);

            assertThat(subjects.export(one).isNothing()).as("nothing is left").isTrue();
            assertThat(subjects.export(other)).isEqualTo(ofOther);
        });
    }

    private static List<Map<String, String>> rows(SubjectExport export) {
        return export.parts().stream().flatMap(part -> part.rows().stream()).toList();
    }

    /**
     * Its export and erasure, on this database. Asked for when the data map has entries about patients.
     *
     * @param database with the plugin's tables, empty
     */
    protected SubjectData subjects(TestDatabase database) {
        throw new AssertionError("'" + plugin
                + "' stores data about patients; right would be a SubjectData, made in 'subjects' of this test");
    }

    /**
     * Puts rows of a person into each table that is about patients.
     *
     * @param tx in the plugin's schema; sealed columns are written as the plugin writes them
     * @param number tells two persons apart
     * @return an id under which {@link SubjectData} knows that person
     */
    protected String person(Transaction tx, int number) {
        throw new AssertionError("'" + plugin
                + "' stores data about patients; right would be rows of a person, put in by 'person' of this test");
    }

    private interface TwoPersons {

        void are(SubjectData subjects, String one, String other);
    }

    private void withTwoPersons(TwoPersons test) {
        if (map.isOfPatients()) {
            var tables = TestDatabase.with(plugin);
            var subjects = subjects(tables);
            var ids = tables.inTransaction(AuditEntry.of(AuditAction.CREATE, "Person", "*"),
                    tx -> List.of(person(tx, 1), person(tx, 2)));
            test.are(subjects, ids.get(0), ids.get(1));
        }
    }

    private static Optional<String> since(RetentionPeriod retention) {
        return switch (retention) {
            case RetentionPeriod.After after -> Optional.of(after.since());
            case RetentionPeriod.AsSet set -> Optional.of(set.since());
            case RetentionPeriod.With _,RetentionPeriod.Until _ -> Optional.empty();
        };
    }

    private String type(String table, String column) {
        return database.withHandle(handle -> handle.createQuery(
                "select format_type(atttypid, null) from pg_attribute where attrelid = to_regclass(:table) and attname = :column")
                .bind("table", "\"" + plugin + "\".\"" + table + "\"")
                .bind("column", column)
                .mapTo(String.class)
                .one());
    }

    private Map<String, Set<String>> columns() {
        return database.withHandle(handle -> handle
                .createQuery(
                        """
                                select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
                                where c.relnamespace = to_regnamespace(:schema) and c.relkind in ('r', 'p', 'm', 'f') and c.relname <> :own
                                and a.attnum > 0 and not a.attisdropped""")
                .bind("schema", plugin)
                .bind("own", FLYWAY)
                .reduceRows(new TreeMap<String, Set<String>>(), (columns, row) -> {
                    columns.computeIfAbsent(row.getColumn("relname", String.class), _ -> new TreeSet<>())
                            .add(row.getColumn("attname", String.class));
                    return columns;
                }));
    }

    private Set<Map.Entry<String, String>> cascades(Handle handle) {
        return handle.createQuery("""
                select owner.relname, target.relname from pg_constraint
                join pg_class owner on owner.oid = conrelid join pg_class target on target.oid = confrelid
                where contype = 'f' and confdeltype = 'c' and owner.relnamespace = to_regnamespace(:schema)""")
                .bind("schema", plugin)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .set();
    }
}
