// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.Transaction;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** Two guests of a clinic, backed up; one is erased, and the backup is brought up on another cluster. */
class KeyCopiesTest {

    private static final PluginId SEALED = TestClinics.SEALED;
    private static final Postgres ELSEWHERE = RunningCluster.another();
    private static final TenantDatabases HERE = TestClinics.in(RunningCluster.POSTGRES, any -> TestClinics.GUESTS);
    private static final TenantDatabases THERE = TestClinics.in(ELSEWHERE, any -> TestClinics.GUESTS);

    @TempDir
    private Path folder = Path.of("");
    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final Binding binding = new Binding();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final ControlDatabase controlThere = ControlDatabases.in(ELSEWHERE, clock);
    private final DataPorts data = TestClinics.ports(HERE, binding, clock);
    private Tenant clinic = new Tenant(new TenantId("unset"), "", "");

    @BeforeEach
    void two_guests() {
        clinic = TestClinics.create();
        control.write(handle -> handle.execute(
                "insert into tenant (id, name, location, issuer, created_at) values (?, 'Clinic', 'Frankfurt', 'https://issuer.example', now())",
                clinic.id().value()));
        control.write(handle -> handle.execute("delete from backup_key"));
        add("ada");
        add("eve");
    }

    @AfterEach
    void nothing_is_left() {
        THERE.drop(clinic.id());
        try (var handle = ELSEWHERE.open("sluse_control")) {
            handle.execute(
                    "truncate tenant, register_content, register_key, kill, rollout, operator_log restart identity cascade");
        }
        control.write(handle -> handle.execute("delete from backup where tenant = ?", clinic.id().value()));
    }

    @Test
    void what_was_sealed_opens_elsewhere_and_is_found_there() {
        var made = make();

        restore(made);

        assertThat(names(TestClinics.ports(THERE, binding, clock))).containsExactly("Name of ada", "Name of eve");
        List<String> found = in(TestClinics.ports(THERE, binding, clock), tx -> tx.handle()
                .createQuery("select id from guest where name_index = :index")
                .bind("index", tx.indexOf("guest", "name", "Name of eve"))
                .mapTo(String.class)
                .list());
        assertThat(found).containsExactly("eve");
    }

    @Test
    void whoever_was_erased_since_an_older_backup_does_not_come_back_with_it() throws IOException {
        var before = make();
        erase("eve");

        restore(before);

        assertThat(names(TestClinics.ports(THERE, binding, clock))).containsExactly("Name of ada");
        assertThat(THERE.asAdministrator(clinic.id(), KeyCopiesTest::persons)).containsExactly("ada");
        assertThat(copies()).as("copies of keys at the place").hasSize(1);
    }

    @Test
    void a_backup_of_the_data_has_no_key_in_it() throws IOException {
        var made = make();

        var manifest = Backup
                .open(new FolderPlace(folder), BackupKeys.of(folder), BackupTest.JSON, clinic.id().value(), made.id())
                .manifest();

        assertThat(manifest.contents().parts()).extracting(Manifest.Part::table)
                .contains("guest", "erased")
                .doesNotContain("person_key", "clinic_key");
    }

    @Test
    void what_nobody_could_read_is_not_brought_up() throws IOException {
        var made = make();
        try (var files = Files.list(folder.resolve(clinic.id() + "@keys"))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> restore(made))
                .withMessage("There is no copy of the keys of clinic '" + clinic.id()
                        + "' at the place, and what is sealed in the backup could be read by nobody; right would be the folder '"
                        + clinic.id() + "@keys' beside it");
        assertThat(THERE.exists(clinic.id())).isFalse();
    }

    @Test
    void a_copy_that_lacks_the_key_of_somebody_in_the_backup_is_refused() throws IOException {
        make();
        var copies = folder.resolve(clinic.id() + "@keys");
        var kept = Files.createTempDirectory("kept").resolve("keys");
        Files.move(copies, kept);
        add("may");
        clock.advance(Duration.ofDays(1));
        var later = make();
        try (var files = Files.list(copies)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(copies);
        Files.move(kept, copies);

        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> restore(later))
                .withMessage(
                        "The copy of the keys has none for 1 persons of module 'sealed', and what is sealed of them could be read by nobody; right would be the copy that was made with the backup or after it, or an earlier backup");
        assertThat(THERE.exists(clinic.id())).isFalse();
    }

    @Test
    void a_backup_from_before_there_were_keys_comes_up_though_the_place_has_a_copy_by_now() {
        var old = TestClinics.create();
        control.write(handle -> handle.execute(
                "insert into tenant (id, name, location, issuer, created_at) values (?, 'Clinic', 'Frankfurt', 'https://issuer.example', now())",
                old.id().value()));
        HERE.prepare(old.id(), TenantDatabases.CORE, "004");
        HERE.prepare(old.id(), SEALED, "001");
        HERE.asOwner(old.id(),
                handle -> handle.execute("insert into sealed.guest (id, name) values ('ada', 'Ada'), ('eve', 'Eve')"));
        var before = backups().now(old.id(), Optional.empty());
        clinic = old;
        names(data);
        clock.advance(Duration.ofHours(1));
        erase("eve");

        restore(before);

        assertThat(names(TestClinics.ports(THERE, binding, clock))).containsExactly("Ada");
    }

    @Test
    void whoever_came_back_after_an_erasure_is_in_what_was_backed_up_since() {
        erase("eve");
        clock.advance(Duration.ofHours(1));
        add("eve");

        restore(make());

        assertThat(names(TestClinics.ports(THERE, binding, clock))).containsExactly("Name of ada", "Name of eve");
    }

    @Test
    void whoever_was_erased_before_the_cluster_was_brought_back_is_erased_again_before_the_next_backup()
            throws IOException {
        make();
        var before = rowsOf("eve");
        erase("eve");
        bringBack(before);
        assertThat(names(data)).as("of an earlier moment").containsExactly("Name of ada", "Name of eve");

        var made = make();

        assertThat(names(data)).containsExactly("Name of ada");
        assertThat(HERE.asAdministrator(clinic.id(), KeyCopiesTest::persons)).containsExactly("ada");
        restore(made);
        assertThat(names(TestClinics.ports(THERE, binding, clock))).containsExactly("Name of ada");
        assertThat(copies()).hasSize(1);
    }

    @Test
    void whoever_was_erased_before_the_cluster_was_brought_back_is_erased_again_once() {
        make();
        var before = rowsOf("eve");
        erase("eve");
        bringBack(before);

        backups().eraseAgain(clinic.id());
        assertThat(names(data)).containsExactly("Name of ada");
        clock.advance(Duration.ofHours(1));
        add("eve");
        backups().eraseAgain(clinic.id());

        assertThat(names(data)).as("who has come back since").containsExactly("Name of ada", "Name of eve");
    }

    @Test
    void a_copy_that_nobody_can_read_keeps_a_clinic_from_coming_back_and_no_backup_from_being_made()
            throws IOException {
        make();
        for (var name : new FolderPlace(folder).names(clinic.id() + "@keys/")) {
            Files.writeString(folder.resolve(name), "altered");
        }

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> backups().eraseAgain(clinic.id()))
                .withMessageContaining("is not as it was written (manifest)");
        clock.advance(Duration.ofHours(1));
        restore(make());

        assertThat(names(TestClinics.ports(THERE, binding, clock))).containsExactly("Name of ada", "Name of eve");
    }

    /** What a person's rows were, each as its values. */
    private Map<String, List<Map<String, Object>>> rowsOf(String guest) {
        return HERE.asAdministrator(clinic.id(), handle -> Map.of(
                "guest", handle.createQuery("select * from sealed.guest where id = :id")
                        .bind("id", guest)
                        .mapToMap()
                        .list(),
                "person_key", handle.createQuery("select * from sealed.person_key where person = :id")
                        .bind("id", guest)
                        .mapToMap()
                        .list()));
    }

    /** As a point-in-time restore does it: the rows are there again, and that they were erased is not. */
    private void bringBack(Map<String, List<Map<String, Object>>> rows) {
        HERE.asAdministrator(clinic.id(), handle -> {
            rows.forEach((table, each) -> each.forEach(row -> handle
                    .createUpdate("insert into sealed." + table + " (" + String.join(", ", row.keySet()) + ") values ("
                            + row.keySet().stream().map(name -> ":" + name).collect(Collectors.joining(", ")) + ")")
                    .bindMap(row)
                    .execute()));
            return handle.execute("delete from core.erased");
        });
    }

    private static List<String> persons(Handle handle) {
        return handle.createQuery("select person from sealed.person_key").mapTo(String.class).list();
    }

    @Test
    void no_file_of_the_database_of_its_write_ahead_log_or_of_a_backup_has_what_is_sealed_in_the_clear()
            throws IOException {
        in(data, tx -> {
            tx.handle()
                    .execute("insert into guest (id, name) values (?, ?)", "canary-in-plain-column",
                            tx.sealOf("canary-in-plain-column")
                                    .seal(Cell.of("guest", "name", "canary-in-plain-column"),
                                            "canary-in-sealed-column"));
            return true;
        });
        make();

        assertThat(found("canary-in-plain-column")).as("where the search finds what it can find").isPositive();
        assertThat(found("canary-in-sealed-column")).isZero();
    }

    /** In how many files of the clinic's database, of the cluster's write-ahead log and of the place. */
    private long found(String canary) throws IOException {
        var database = HERE.asAdministrator(clinic.id(), handle -> {
            handle.execute("checkpoint");
            return handle.createQuery(
                    "select current_setting('data_directory') || '|' || oid from pg_database where datname = current_database()")
                    .mapTo(String.class)
                    .one();
        }).split("\\|");
        var cluster = Path.of(database[0]);
        var files = 0L;
        for (var place : List.of(cluster.resolve("base").resolve(database[1]), cluster.resolve("pg_wal"), folder)) {
            try (var all = Files.walk(place)) {
                for (var file : all.filter(Files::isRegularFile).toList()) {
                    files += Files.readString(file, StandardCharsets.ISO_8859_1).contains(canary) ? 1 : 0;
                }
            }
        }
        return files;
    }

    private void add(String guest) {
        in(data, tx -> tx.handle()
                .execute("insert into guest (id, name, name_index) values (?, ?, ?)", guest,
                        tx.sealOf(guest).seal(Cell.of("guest", "name", guest), "Name of " + guest),
                        tx.indexOf("guest", "name", "Name of " + guest)));
    }

    private void erase(String guest) {
        in(data, tx -> tx.handle().execute("delete from guest where id = ?", guest));
        clock.advance(Duration.ofHours(1));
        binding.call(clinic, KnownTenant.practitioner("practitioner-1"), () -> {
            data.forget(SEALED, List.of(guest));
            return true;
        });
        backups().keysChanged(clinic.id());
    }

    private Made make() {
        return backups().now(clinic.id(), Optional.empty());
    }

    private Backups backups() {
        var settings = new BackupSettings(Optional.of(folder.toString()), true, Duration.ofDays(14));
        return new Backups(BackupTest.folders(settings, folder), settings, BackupKeys.of(folder), "this one", HERE,
                control,
                new BackupStore(control), none -> false, BackupTest.JSON, ids, clock);
    }

    private void restore(Made made) {
        new Restorations(BackupKeys.of(folder), "this one", THERE, controlThere, BackupTest.JSON)
                .restore(new FolderPlace(folder), clinic.id(), made.id());
    }

    private List<String> copies() throws IOException {
        return new FolderPlace(folder).names(clinic.id() + "@keys/")
                .stream()
                .filter(name -> name.endsWith(".manifest"))
                .toList();
    }

    private List<String> names(DataPorts node) {
        return in(node, tx -> tx.handle()
                .createQuery("select id, name from guest order by id")
                .map((row, context) -> tx.sealOf(row.getString(1))
                        .open(Cell.of("guest", "name", row.getString(1)), row.getString(2)))
                .list());
    }

    private <T> T in(DataPorts node, Function<Transaction, T> work) {
        return binding.call(clinic, KnownTenant.practitioner("practitioner-1"),
                () -> node.forPlugin(SEALED).inTransaction(AuditEntry.of(AuditAction.CHANGE, "Guest", "*"), work));
    }
}
