// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.Source;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** One clinic's wall against another, one plugin's against another, and the audit trail's against everybody. On a real PostgreSQL. */
class PluginDatabaseTest {

    /** Its second migration cannot be applied. */
    private static final PluginId DELTA = new PluginId("delta");

    private static Tenant north;
    private static Tenant south;

    private final Actor practitioner = KnownTenant.practitioner("practitioner-1");
    private final Binding binding = new Binding();
    private final ManualClock clock = new ManualClock();
    private final PluginDatabase alpha = TestClinics.database(TestClinics.ALPHA, binding, clock);
    private final PluginDatabase beta = TestClinics.database(TestClinics.BETA, binding, clock);
    private final PluginDatabase core = TestClinics.database(TenantDatabases.CORE, binding, clock);

    @BeforeAll
    static void two_clinics() {
        north = TestClinics.create();
        south = TestClinics.create();
    }

    @Test
    void a_plugin_finds_its_tables() {
        in(north, () -> write(alpha, "found"));

        assertThat(in(north, () -> notes(alpha))).contains("found");
    }

    @Test
    void a_plugin_without_migrations_is_told_so() {
        var none = TestClinics.database(new PluginId("gamma"), binding, clock);

        assertThatThrownBy(() -> in(north, () -> notes(none))).isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "No migration was found in db/gamma; right would be an empty file 'flyway.location' beside them");
    }

    @Test
    void a_migration_that_fails_makes_its_plugin_unavailable_and_no_other() {
        var delta = TestClinics.database(DELTA, binding, clock);

        assertThatThrownBy(() -> in(north, () -> notes(delta))).isInstanceOf(ProblemException.class)
                .hasMessage(
                        "The tables of module 'delta' cannot be brought up to date at this clinic; the operator's log says why");
        assertThat(TestClinics.DATABASES.failure(north.id(), DELTA)).contains(
                "V002__wrong.sql cannot be applied (SQLSTATE 42P01); right would be a jar whose migrations apply to the tables as they are");
        assertThat(TestClinics.DATABASES.failure(south.id(), DELTA)).isEmpty();
        assertThat(in(north, () -> notes(alpha))).isNotNull();
    }

    @Test
    void tables_that_are_not_as_declared_make_their_plugin_unavailable_at_this_clinic_and_no_other() {
        var odd = TestClinics.create();
        in(odd, () -> notes(alpha));
        alter(odd, "alter table beta.note add column phone text", beta);
        var node = TestClinics.node();

        assertThatThrownBy(() -> node.open(odd.id(), TestClinics.BETA)).isInstanceOf(ProblemException.class)
                .hasMessage(
                        "The tables of module 'beta' are not as its data map says. Column 'note.phone' is stored and has no entry in the data map; right would be an entry that says what it holds and for how long");
        assertThat(node.failure(odd.id(), TestClinics.BETA).orElseThrow()).startsWith("Column 'note.phone' is stored");
        assertThat(node.open(odd.id(), TestClinics.ALPHA)).isNotNull();
        assertThat(node.open(north.id(), TestClinics.BETA)).isNotNull();
    }

    @Test
    void it_is_available_again_once_they_are() {
        var odd = TestClinics.create();
        alter(odd, "alter table beta.note add column phone text", beta);
        var node = TestClinics.node();
        assertThatThrownBy(() -> node.open(odd.id(), TestClinics.BETA)).isInstanceOf(ProblemException.class);

        alter(odd, "alter table beta.note drop column phone", beta);

        assertThat(node.open(odd.id(), TestClinics.BETA)).isNotNull();
        assertThat(node.failure(odd.id(), TestClinics.BETA)).isEmpty();
    }

    @Test
    void the_hosts_own_tables_are_held_to_its_own_map() {
        var odd = TestClinics.create();
        alter(odd, "alter table core.staff add column phone text", alpha);
        var node = TestClinics.node();

        assertThatThrownBy(() -> node.open(odd.id(), TestClinics.ALPHA)).isInstanceOf(ProblemException.class)
                .hasMessageStartingWith(
                        "The tables of module 'core' are not as its data map says. Column 'staff.phone' is stored");
    }

    @Test
    void a_clinic_does_not_see_what_another_wrote() {
        in(north, () -> write(alpha, "of north"));

        assertThat(in(south, () -> notes(alpha))).doesNotContain("of north");
    }

    @Test
    void the_login_of_a_clinic_cannot_open_the_database_of_another() throws SQLException {
        in(north, () -> notes(alpha));
        var login = login();
        var password = RunningCluster.VAULT.derive("postgres login of " + north.id());

        DriverManager.getConnection(url(north), login, password).close();
        assertThatThrownBy(() -> DriverManager.getConnection(url(south), login, password).close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select count(*) from core.audit", "select count(*) from core.staff",
            "select count(*) from core.setting",
            "select count(*) from core.ledger", "insert into core.setting values ('alpha', 'a', 'b')",
            "update core.audit set outcome = 'DONE'",
            "delete from core.audit", "truncate core.audit", "select count(*) from beta.note",
            "insert into beta.note (text) values ('x')",
            "drop table beta.note", "drop table note", "create table further (id int)", "delete from schema_history"})
    void a_plugin_is_refused_what_is_not_its_own(String statement) {
        in(north, () -> notes(beta));

        assertThatThrownBy(() -> in(north,
                () -> alpha.inTransaction(AuditEntry.list("Note"), tx -> tx.handle().execute(statement))))
                .hasMessageFindingMatch("permission denied|must be owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "leaf", "checkpoint"})
    void not_even_the_host_alters_the_audit_trail_or_its_proof(String table) {
        for (var role : List.of("", "reset role", "set role \"" + login() + ".alpha\"")) {
            for (var statement : List.of("update core.%s set %s = %s", "delete from core.%s", "truncate core.%s",
                    "drop table core.%s", "alter table core.%s disable trigger all", "drop schema core cascade",
                    "alter table core.%s owner to \"" + login() + "\"",
                    "set role \"" + login() + ".core-keeper\"")) {
                var column = table.equals("audit") ? "outcome" : table.equals("leaf") ? "hash" : "note";
                assertThatThrownBy(() -> in(north, () -> core.inTransaction(AuditEntry.list("Audit"), tx -> {
                    tx.handle().execute(role.isEmpty() ? "select 1" : role);
                    return tx.handle().execute(statement.formatted(table, column, column));
                }))).as(role + "; " + statement)
                        .hasMessageFindingMatch("permission denied|must be (owner|member)|must be able to SET ROLE");
            }
        }
    }

    @Test
    void a_clinic_of_an_earlier_version_gets_a_keeper() {
        var older = TestClinics.create();
        in(older, () -> notes(alpha));
        var theirs = "t_" + older.id().value().replace('-', '_');
        try (var handle = RunningCluster.POSTGRES.open(theirs)) {
            handle.execute("alter schema core owner to \"" + theirs + "\"");
            handle.createQuery("select tablename from pg_tables where schemaname = 'core'")
                    .mapTo(String.class)
                    .list()
                    .forEach(table -> handle.execute("alter table core." + table + " owner to \"" + theirs + "\""));
        }

        TestClinics.node().open(older.id(), TestClinics.ALPHA);

        try (var handle = RunningCluster.POSTGRES.open(theirs)) {
            assertThat(handle.createQuery("select distinct tableowner from pg_tables where schemaname = 'core'")
                    .mapTo(String.class)
                    .list()).containsExactly(theirs + ".core-keeper");
        }
        in(older, () -> write(alpha, "goes on"));
    }

    @Test
    void an_audit_row_says_when_who_did_what_through_which_plugin() {
        in(north, () -> alpha.inTransaction(AuditEntry.of(AuditAction.CREATE, "Note", "id-1").about("patient-4"),
                tx -> true));

        assertThat(auditOf("id-1")).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("actor_kind", "STAFF")
                        .containsEntry("actor_id", "practitioner-1")
                        .containsEntry("plugin", "alpha")
                        .containsEntry("action", "CREATE")
                        .containsEntry("object_type", "Note")
                        .containsEntry("patient", "patient-4")
                        .containsEntry("outcome", "DONE")
                        .containsEntry("at", java.sql.Timestamp.from(ManualClock.NOON)));
    }

    @Test
    void an_audit_row_says_from_where_and_how_many() {
        var source = Source.of("192.0.2.77", "Mozilla/5.0 (X11)", false);

        binding.from(source, () -> in(north, () -> alpha.inTransaction(AuditEntry.read("Note", "from-there"), tx -> {
            tx.record(AuditEntry.read("Note", "from-there").touching(7));
            return List.of("not", "counted: one object was named");
        })));

        assertThat(auditOf("from-there")).extracting(row -> row.get("network")).containsOnly("192.0.2.0/24");
        assertThat(auditOf("from-there")).extracting(row -> row.get("agent")).containsOnly("BROWSER");
        assertThat(auditOf("from-there")).extracting(row -> row.get("objects")).containsExactly(1, 7);
    }

    @Test
    void a_list_is_counted_by_what_it_gives() {
        in(south, () -> alpha.inTransaction(AuditEntry.list("Counted"), tx -> List.of("a", "b", "c")));
        in(south, () -> alpha.inTransaction(AuditEntry.list("Uncounted"), tx -> "a view of its own"));

        List<String> counted = in(south, () -> core.inTransaction(AuditEntry.list("Audit"), tx -> tx.handle()
                .createQuery("select object_type, objects from audit where object_type like '%ounted' order by id")
                .map((row, context) -> row.getString(1) + " " + row.getObject(2))
                .list()));
        assertThat(counted).containsExactly("Counted 3", "Uncounted null");
    }

    @Test
    void a_refusal_touches_nothing_and_has_its_reason() {
        in(north, () -> alpha.inTransaction(AuditEntry.read("Note", "refused-1").refused("link-expired"), tx -> true));

        assertThat(auditOf("refused-1")).singleElement()
                .satisfies(row -> assertThat(row).containsEntry("outcome", "REFUSED")
                        .containsEntry("reason", "link-expired")
                        .containsEntry("objects", 0)
                        .containsEntry("network", "")
                        .containsEntry("agent", "NONE"));
    }

    @Test
    void refusals_of_somebody_unknown_are_a_row_a_minute_that_carries_how_many_were_not_written() {
        var refused = AuditEntry.read("Note", "unknown-1").refused("link-expired");
        for (var time = 0; time < 5; time++) {
            anonymously(() -> alpha.inTransaction(refused, tx -> true));
        }

        clock.advance(Duration.ofMinutes(1));
        anonymously(() -> alpha.inTransaction(AuditEntry.list("Note"), tx -> {
            tx.record(refused);
            return true;
        }));

        assertThat(auditOf("unknown-1")).extracting(row -> row.get("objects")).containsExactly(0, 4);
    }

    @Test
    void a_refusal_whose_transaction_fails_is_carried_by_the_next() {
        var refused = AuditEntry.read("Note", "unknown-2").refused("link-expired");

        assertThatThrownBy(() -> anonymously(() -> alpha.inTransaction(refused, tx -> {
            tx.record(AuditEntry.of(AuditAction.CREATE, "Note", "no\0text"));
            return true;
        }))).isInstanceOf(RuntimeException.class);

        clock.advance(Duration.ofMinutes(1));
        anonymously(() -> alpha.inTransaction(refused, tx -> true));
        assertThat(auditOf("unknown-2")).extracting(row -> row.get("objects")).containsExactly(1);
    }

    @Test
    void refusals_of_somebody_known_are_a_row_each_and_what_is_done_is_too() {
        in(north, () -> alpha.inTransaction(AuditEntry.read("Note", "known").refused("forbidden"), tx -> true));
        in(north, () -> alpha.inTransaction(AuditEntry.read("Note", "known").refused("forbidden"), tx -> true));
        anonymously(() -> alpha.inTransaction(AuditEntry.read("Note", "done"), tx -> true));
        anonymously(() -> alpha.inTransaction(AuditEntry.read("Note", "done"), tx -> true));

        assertThat(auditOf("known")).hasSize(2);
        assertThat(auditOf("done")).hasSize(2);
    }

    @Test
    void what_is_written_and_its_audit_rows_are_committed_together() {
        in(north, () -> alpha.inTransaction(AuditEntry.of(AuditAction.CREATE, "Note", "kept"), tx -> {
            tx.record(AuditEntry.of(AuditAction.CHANGE, "Note", "kept"));
            return tx.handle().execute("insert into note (text) values ('kept')");
        }));

        assertThat(in(north, () -> notes(alpha))).contains("kept");
        assertThat(auditOf("kept")).extracting(row -> row.get("action")).containsExactly("CREATE", "CHANGE");
    }

    @Test
    void what_fails_leaves_neither_a_row_nor_an_audit_row() {
        assertThatThrownBy(
                () -> in(north, () -> alpha.inTransaction(AuditEntry.of(AuditAction.CREATE, "Note", "lost"), tx -> {
                    tx.handle().execute("insert into note (text) values ('lost')");
                    throw new IllegalStateException("the use case failed");
                }))).hasMessage("the use case failed");

        assertThat(in(north, () -> notes(alpha))).doesNotContain("lost");
        assertThat(auditOf("lost")).isEmpty();
    }

    @Test
    void nothing_is_written_when_the_audit_row_cannot_be() {
        var entry = AuditEntry.of(AuditAction.CREATE, "Note", "no\0text");

        assertThatThrownBy(() -> in(north, () -> alpha.inTransaction(AuditEntry.list("Note"), tx -> {
            tx.handle().execute("insert into note (text) values ('unaudited')");
            tx.record(entry);
            return true;
        }))).isInstanceOf(RuntimeException.class);

        assertThat(in(north, () -> notes(alpha))).doesNotContain("unaudited");
    }

    @Test
    void what_follows_the_commit_is_done_though_something_before_it_fails() {
        var done = new ArrayList<String>();

        in(north, () -> alpha.inTransaction(AuditEntry.list("Note"), tx -> {
            tx.afterCommit(() -> {
                throw new IllegalStateException("nobody is there to be woken");
            });
            tx.afterCommit(() -> done.add("second"));
            return true;
        }));

        assertThat(done).containsExactly("second");
    }

    @Test
    void what_follows_the_commit_sees_what_was_committed() {
        var seen = new ArrayList<String>();

        in(north, () -> alpha.inTransaction(AuditEntry.list("Note"), tx -> {
            tx.afterCommit(() -> seen.addAll(notes(alpha)));
            var inserted = tx.handle().execute("insert into note (text) values ('followed')");
            assertThat(seen).isEmpty();
            return inserted;
        }));

        assertThat(seen).contains("followed");
    }

    @Test
    void nothing_follows_a_transaction_that_failed() {
        var seen = new ArrayList<String>();

        assertThatThrownBy(() -> in(north, () -> alpha.inTransaction(AuditEntry.list("Note"), tx -> {
            tx.afterCommit(() -> seen.add("called"));
            throw new IllegalStateException("the use case failed");
        }))).hasMessage("the use case failed");

        assertThat(seen).isEmpty();
    }

    @Test
    void a_thread_that_works_for_no_clinic_is_refused() {
        assertThatThrownBy(() -> notes(alpha)).isInstanceOf(IllegalStateException.class)
                .hasMessage("This thread works for no tenant; right would be a thread of the host's, not one's own");
    }

    @Test
    void a_pooled_connection_forgets_the_plugin_that_had_it() {
        in(north, () -> notes(alpha));

        var role = TestClinics.DATABASES.open(north.id(), TestClinics.ALPHA)
                .withHandle(handle -> handle.createQuery("select current_user").mapTo(String.class).one());

        assertThat(role).isEqualTo(login());
    }

    private static String login() {
        return "t_" + north.id().value().replace('-', '_');
    }

    private <T> T anonymously(Supplier<T> work) {
        return binding.call(north, Actor.anonymous(), work::get);
    }

    private <T> T in(Tenant tenant, Supplier<T> work) {
        return binding.call(tenant, practitioner, work::get);
    }

    private static int write(PluginDatabase database, String text) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Note", text),
                tx -> tx.handle().createUpdate("insert into note (text) values (:text)").bind("text", text).execute());
    }

    private static List<String> notes(PluginDatabase database) {
        return database.inTransaction(AuditEntry.list("Note"),
                tx -> tx.handle().createQuery("select text from note").mapTo(String.class).list());
    }

    private List<Map<String, Object>> auditOf(String objectId) {
        return in(north, () -> core.inTransaction(AuditEntry.list("Audit"), tx -> tx.handle()
                .createQuery("select * from audit where object_id = :id order by id")
                .bind("id", objectId)
                .mapToMap()
                .list()));
    }

    /** As nobody of ours would: by hand, after the tables of the plugin have been made. */
    private void alter(Tenant tenant, String statement, PluginDatabase made) {
        in(tenant, () -> notes(made));
        try (var handle = RunningCluster.POSTGRES.open("t_" + tenant.id().value().replace('-', '_'))) {
            handle.execute(statement);
        }
    }

    private static String url(Tenant tenant) throws SQLException {
        try (var handle = RunningCluster.POSTGRES.open("t_" + tenant.id().value().replace('-', '_'))) {
            return handle.getConnection().getMetaData().getURL();
        }
    }
}
