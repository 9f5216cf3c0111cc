// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.HashSet;
import java.util.Set;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;

/** A clinic on a real PostgreSQL, backed up into a folder and brought up on another cluster. */
class BackupsTest {

    /** Two clusters: where the clinic is, and elsewhere. */
    private static final Postgres ELSEWHERE = RunningCluster.another();
    private static final PluginId ODD = new PluginId("odd");
    private static final RetentionPeriod ALWAYS = new RetentionPeriod.Until("kept.until.asked");
    private static final DataMap STORED = DataMap.of(
            KeptTable.of("person", "kept.notes", ALWAYS)
                    .plain(KeptCategory.NONE, "id", "name", "boss", "moods", "bytes", "document", "at", "lasting",
                            "share",
                            "words", "number", "last_visit", "since"),
            KeptTable.of("a_visit", "kept.notes", ALWAYS).plain(KeptCategory.NONE, "id", "person", "notes"),
            KeptTable.of("empty_one", "kept.notes", ALWAYS).plain(KeptCategory.NONE, "only_one"));
    private static final TenantDatabases DATABASES_ELSEWHERE = TestClinics.in(ELSEWHERE,
            plugin -> plugin.equals(ODD) ? STORED : DataMap.NOTHING);

    @TempDir
    private Path folder = Path.of("");
    private final ManualClock clock = new ManualClock();
    private final KnownIds ids = new KnownIds();
    private final Set<TenantId> altered = new HashSet<>();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final ControlDatabase controlElsewhere = ControlDatabases.in(ELSEWHERE, clock);
    private final BackupStore store = new BackupStore(control);
    private final TenantDatabases databases = TestClinics.DATABASES;
    private Tenant clinic = new Tenant(new TenantId("unset"), "", "");

    @BeforeEach
    void a_clinic_with_odd_rows() {
        clinic = TestClinics.create();
        write("insert into tenant (id, name, location, issuer, created_at) values ('%s', 'Klinikk \"Ø\"', 'Frankfurt', 'https://issuer.example', '%s')"
                .formatted(clinic.id(), clock.instant()));
        write("delete from backup_key");
        write("delete from restore_drill");
        databases.prepare(clinic.id(), TenantDatabases.CORE, "003");
        databases.prepare(clinic.id(), ODD, "001");
        // Two of them point at each other, one at nobody, and one is gone: its number is not given again.
        sql(databases, "alter table odd.a_visit disable trigger user",
                "insert into odd.person (name, moods, bytes, document, at, lasting, share) values "
                        + "(E'Kari\\t\\n\\\\. ØÜ🧭', '{calm,\"odd \\\"one\\\"\"}', '\\x00ff5c0a', '{\"a\": [1, null, \"\\u00e9\"]}', '2026-03-29 01:30:00.123456+00', '1 mon -2 days 03:00', 0.1),"
                        + "(null, '{}', null, null, 'infinity', null, 'NaN'), ('', '{}', '', 'null', '-infinity', null, '-0')",
                "insert into odd.a_visit select ('00000000-0000-4000-8000-00000000000' || id)::uuid, id, array['\"', null, '{}', E'\\\\N'] from odd.person",
                "update odd.person set boss = 2, last_visit = '00000000-0000-4000-8000-000000000001' where id = 1",
                "delete from odd.person where id = 3", "insert into odd.without_columns default values",
                "insert into odd.without_columns default values",
                "select nextval('odd.ticket'), nextval('odd.ticket')");
        sql(databases, "alter table odd.a_visit enable trigger user");
    }

    @AfterEach
    void nothing_is_left() {
        for (var table : List.of("operator_notice", "backup", "restore_drill", "toggle", "paper", "register_fact")) {
            write("delete from " + table + " where tenant like 'clinic-%'");
        }
        DATABASES_ELSEWHERE.drop(clinic.id());
        try (var handle = ELSEWHERE.open("sluse_control")) {
            handle.execute(
                    "truncate tenant, register_content, register_key, kill, rollout, operator_log restart identity cascade");
        }
    }

    @Test
    void every_row_of_every_table_is_the_same_elsewhere() {
        var before = rows(databases);

        var restored = restore(make());

        assertThat(rows(DATABASES_ELSEWHERE)).containsAllEntriesOf(before).containsKey("odd.a_visit");
        assertThat(before.get("odd.person")).hasSize(2);
        assertThat(restored.contents().rows()).isGreaterThan(6);
    }

    @Test
    void the_clinic_goes_on_where_it_was() {
        restore(make());

        // The migration that came after the backup.
        DATABASES_ELSEWHERE.open(clinic.id(), ODD);

        assertThat(numbers(DATABASES_ELSEWHERE, """
                insert into odd.person (moods, at) values ('{}', now()) returning id""")).as("given after 1, 2 and 3")
                .containsExactly(4L);
        assertThat(numbers(DATABASES_ELSEWHERE, "select nextval('odd.ticket')")).containsExactly(1002L);
        assertThat(numbers(DATABASES_ELSEWHERE, "select count(*) from odd.person where since = '2026-01-01'"))
                .containsExactly(3L);
        assertThat(numbers(DATABASES_ELSEWHERE,
                "select count(*) from odd.person where words @@ to_tsquery('simple', 'kari')"))
                .as("what PostgreSQL computes")
                .containsExactly(1L);
        assertThatExceptionOfType(Exception.class).as("a trigger is awake")
                .isThrownBy(() -> sql(DATABASES_ELSEWHERE,
                        "insert into odd.a_visit values ('00000000-0000-4000-8000-000000000009', 1, '{}')"))
                .withMessageContaining("No row of mine is written twice");
        assertThatExceptionOfType(Exception.class).as("a foreign key holds")
                .isThrownBy(() -> sql(DATABASES_ELSEWHERE, "update odd.person set boss = 99"));
    }

    @Test
    void a_plugin_reads_and_writes_its_own_tables_elsewhere_and_no_others() {
        restore(make());

        var number = DATABASES_ELSEWHERE.lookUp(clinic.id(), ODD,
                handle -> handle.createQuery("select count(*) from person").mapTo(long.class).one());

        assertThat(number).isEqualTo(2);
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> DATABASES_ELSEWHERE.lookUp(clinic.id(), ODD,
                handle -> handle.createQuery("select count(*) from core.staff").mapTo(long.class).one()));
    }

    @Test
    void tables_of_a_plugin_that_is_gone_come_along() {
        sql(databases, "create schema loan",
                "create table loan.schema_history (version text, checksum int, success boolean, installed_rank int)",
                "insert into loan.schema_history values ('001', 7, true, 1)",
                "create table loan.item (id serial primary key, name varchar(40) not null check (name like 'It:%') default 'It: ''new''', of int, \"Odd, \\ name\" text default E'\\\\ \\t', share numeric(5, 2), twice int generated always as (of * 2) stored, unique (name, of))",
                "alter table loan.item add foreign key (of) references loan.item (id) on delete set null",
                "create index by_share on loan.item (lower(name), share desc) where share > 0",
                "insert into loan.item (name, of) values ('It: 1', 2), ('It: 2', 1)");
        var before = rows(databases);

        restore(make());

        assertThat(rows(DATABASES_ELSEWHERE)).containsAllEntriesOf(before).containsKey("loan.item");
        assertThat(numbers(DATABASES_ELSEWHERE, "insert into loan.item (of) values (1) returning id"))
                .containsExactly(3L);
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> sql(DATABASES_ELSEWHERE, "insert into loan.item (name) values ('Other')"));
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> sql(DATABASES_ELSEWHERE, "insert into loan.item (of) values (99)"));
        assertThat(numbers(DATABASES_ELSEWHERE, "select count(*) from pg_indexes where indexname = 'by_share'"))
                .containsExactly(1L);
    }

    @Test
    void what_is_more_than_tables_needs_the_jar() {
        sql(databases, "create schema loan", "create type loan.state as enum ('out')",
                "create table loan.item (state loan.state)");

        refused(make()).withMessage(
                "The server has no plugin 'loan', and its schema in the backup has more than tables; right would be its jar in the folder plugins");
    }

    @Test
    void who_was_signed_in_is_not() {
        databases.asAdministrator(clinic.id(), handle -> {
            execute(handle,
                    "insert into core.staff values ('00000000-0000-4000-8000-000000000001', 'i', 's', 'Practitioner 1', '{practitioner}')",
                    "insert into core.staff_session values ('\\x01', '00000000-0000-4000-8000-000000000001', 'i', now(), now() + interval '1 hour')");
            return true;
        });

        restore(make());

        assertThat(numbers(DATABASES_ELSEWHERE, "select count(*) from core.staff")).containsExactly(1L);
        assertThat(numbers(DATABASES_ELSEWHERE, "select count(*) from core.staff_session")).containsExactly(0L);
    }

    @Test
    void toggles_papers_and_the_registers_history_come_along_and_those_of_others_do_not() {
        var other = TestClinics.create();
        write("insert into tenant (id, name, location, created_at) values ('%s', 'Other', 'Frankfurt', now())"
                .formatted(other.id()));
        var fact = plant(clinic.id());
        plant(other.id());

        restore(make());

        assertThat(controlElsewhere.<List<String>>read(handle -> handle.createQuery(
                "select tenant || plugin || state from toggle union all select tenant || recipient from paper union all select tenant || subject from register_fact where tenant is not null union all select name from tenant")
                .mapTo(String.class)
                .list()))
                .contains(clinic.id() + "videoON", clinic.id() + "whereby", clinic.id() + "subject",
                        "Klinikk \"Ø\"")
                .noneMatch(one -> one.contains(other.id().value()));
        assertThat(controlElsewhere.<Long>read(ControlDatabase::revision)).isGreaterThan(fact);
    }

    @Test
    void every_table_of_the_control_database_comes_along_or_stays_for_a_reason() {
        var tables = control.<List<String>>read(handle -> handle
                .createQuery("select tablename from pg_tables where schemaname = 'public'")
                .mapTo(String.class)
                .list());

        assertThat(tables).isNotEmpty()
                .allSatisfy(table -> assertThat(ControlRows.LEFT_BEHIND.containsKey(table))
                        .as(table)
                        .isNotEqualTo(ControlRows.CARRIED.stream().anyMatch(one -> one.getKey().equals(table))));
    }

    @Test
    void a_clinic_that_is_there_already_stays_as_it_is() {
        var made = make();
        restore(made);
        sql(DATABASES_ELSEWHERE, "delete from odd.without_columns");

        refused(made).withMessage("There is a clinic '" + clinic.id()
                + "' already; right would be an installation without it");

        assertThat(rows(DATABASES_ELSEWHERE).get("odd.without_columns")).isEmpty();
    }

    @Test
    void an_altered_backup_leaves_nothing_behind() throws IOException {
        var made = make();
        var data = folder.resolve(Manifest.dataName(made.tenant(), made.id()));
        var bytes = Files.readAllBytes(data);
        bytes[bytes.length - 1] ^= 1;
        Files.write(data, bytes);

        refused(made).withMessageContaining("is not as it was written");

        assertThat(DATABASES_ELSEWHERE.exists(clinic.id())).isFalse();
        assertThat(controlElsewhere.<Integer>read(
                handle -> handle.createQuery("select count(*) from tenant").mapTo(int.class).one())).isZero();
        try (var handle = ELSEWHERE.open("postgres")) {
            assertThat(handle.createQuery("select count(*) from pg_roles where starts_with(rolname, :name)")
                    .bind("name", "t_" + clinic.id().value().replace('-', '_'))
                    .mapTo(int.class)
                    .one()).isZero();
        }
    }

    @Test
    void a_backup_of_an_installation_with_another_root_key_is_refused() {
        var made = make();
        var other = new Restorations(BackupKeys.of(folder), "another root key", DATABASES_ELSEWHERE, controlElsewhere,
                BackupTest.JSON);

        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> other.restore(new FolderPlace(folder), clinic.id(), made.id()))
                .withMessageContaining("was made under another root key");
    }

    @Test
    void an_installation_with_a_history_of_its_own_is_refused() {
        try (var handle = ELSEWHERE.open("sluse_control")) {
            handle.execute("insert into register_key (keyset) values ('its own')");
        }
        write("insert into register_key (keyset) values ('planted') on conflict do nothing");
        try {
            refused(make()).withMessageContaining("This installation has a history of its own");
        } finally {
            write("delete from register_key where keyset = 'planted'");
        }
        assertThat(DATABASES_ELSEWHERE.exists(clinic.id())).isFalse();
    }

    @Test
    void each_backup_is_in_the_log_and_is_told_to_the_clinic() {
        var made = make();

        assertThat(log()).contains("CREATE Backup " + clinic.id() + "/" + made.id() + " DONE");
        assertThat(control.<Integer>read(handle -> handle
                .createQuery("select count(*) from operator_notice where tenant = :tenant")
                .bind("tenant", clinic.id().value())
                .mapTo(int.class)
                .one())).isEqualTo(1);
    }

    @Test
    void what_cannot_be_read_back_does_not_count() throws IOException {
        var good = make();
        var forgetful = new ForgetfulPlace(new FolderPlace(folder));

        assertThatExceptionOfType(BackupRefusedException.class)
                .isThrownBy(() -> backups(folder, true).make(clinic.id(), forgetful, true))
                .withMessageContaining("is not as it was written");

        assertThat(store.last(clinic.id())).contains(good.id());
        assertThat(Restorations.newest(new FolderPlace(folder))).extracting(Restorations.Newest::id)
                .containsExactly(good.id());
    }

    @Test
    void a_place_that_is_away_is_said_in_the_log_and_the_clinic_is_late() {
        var backups = backups(folder.resolve("not-mounted"), false);

        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> backups.nightly(clinic.id()))
                .withMessageContaining("is not there; right would be a folder that exists");

        assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> backups.nightly(clinic.id()));
        assertThat(log()).filteredOn(line -> line.equals("CREATE Backup " + clinic.id() + " REFUSED")).hasSize(1);
        clock.advance(Duration.ofHours(31));
        assertThat(store.late(clock.instant())).extracting(BackupStore.Late::tenant).contains(clinic.id().value());
    }

    @Test
    void of_each_clinic_whose_backup_could_not_be_made_there_is_a_row() {
        var other = TestClinics.create();
        write("insert into tenant (id, name, location, created_at) values ('%s', 'Other', 'Frankfurt', now())"
                .formatted(other.id()));
        var backups = backups(folder.resolve("not-mounted"), false);

        for (var one : List.of(clinic, other)) {
            assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> backups.nightly(one.id()));
        }

        assertThat(log()).contains("CREATE Backup " + clinic.id() + " REFUSED",
                "CREATE Backup " + other.id() + " REFUSED");
    }

    @Test
    void what_is_committed_while_the_rows_are_copied_is_not_among_them() {
        var committed = new ArrayList<Long>();
        var anotherNode = ControlDatabases.running(clock);

        var copied = ControlRows.write(control, clinic.id(), (described, rows) -> {
            var part = Backup.measure(described, rows);
            if (described.table().equals("register_content")) {
                committed.add(plant(anotherNode, clinic.id()));
            }
            return part;
        });

        assertThat(copied.parts()).filteredOn(part -> List.of("toggle", "paper").contains(part.table()))
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.rows()).as(part.table()).isZero());
        assertThat(committed).singleElement().satisfies(one -> assertThat(copied.revision()).isLessThan(one));
    }

    @Test
    void a_place_on_the_disk_of_the_data_is_refused_where_that_is_not_allowed() {
        var backups = backups(folder, false);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> backups.now(clinic.id(), Optional.empty()))
                .withMessageContaining("lies on the disk of the data folder");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(backups::start);
    }

    @Test
    void old_ones_are_removed_and_the_newest_is_kept() throws IOException {
        var backups = backups(folder, true);
        backups.nightly(clinic.id());
        var cutOff = Files.createFile(folder.resolve(clinic.id() + "/20261122T120000Z-0123abcd.data.part"));
        clock.advance(Duration.ofDays(1));
        backups.nightly(clinic.id());
        assertThat(manifests()).hasSize(2);

        clock.advance(Duration.ofDays(13).plusMinutes(1));
        backups.nightly(clinic.id());

        assertThat(manifests()).hasSize(2).noneMatch(name -> name.contains("20261123T"));
        assertThat(cutOff).doesNotExist();
        assertThat(log()).anyMatch(line -> line.startsWith("DELETE Backup " + clinic.id() + "/20261123T"));
        assertThat(store.late(clock.instant())).extracting(BackupStore.Late::tenant)
                .doesNotContain(clinic.id().value());
    }

    @Test
    void none_is_removed_while_the_clinics_log_is_not_as_it_was_signed() throws IOException {
        var backups = backups(folder, true);
        backups.nightly(clinic.id());
        altered.add(clinic.id());
        clock.advance(Duration.ofDays(15));

        backups.nightly(clinic.id());

        assertThat(manifests()).hasSize(2).anyMatch(name -> name.contains("20261123T"));
    }

    @Test
    void another_place_does_not_count_as_last_nights(@TempDir Path other) throws IOException {
        var made = backups(folder, true).now(clinic.id(), Optional.of(other.toString()));

        assertThat(new FolderPlace(other).names("")).contains(Manifest.manifestName(made.tenant(), made.id()));
        assertThat(store.last(clinic.id())).isEmpty();
    }

    @Test
    void a_drill_brings_the_last_backup_up_and_leaves_nothing() {
        write("delete from backup");
        var made = make();
        var drills = new Drills(new Restorations(BackupKeys.of(folder), "this one", databases, control,
                BackupTest.JSON), store, clock);

        drills.ifItsTurn(clinic.id(), new FolderPlace(folder));

        assertThat(store.standing(clock.instant()).drill()).hasValueSatisfying(drill -> {
            assertThat(drill.failure()).isEmpty();
            assertThat(drill.backup()).isEqualTo(made.id());
        });
        assertThat(databases.exists(Restorations.DRILL)).isFalse();
    }

    @Test
    void a_clinic_that_has_the_drills_name_is_not_dropped() {
        write("delete from backup");
        make();
        write("insert into tenant (id, name, location, created_at) values ('drill', 'Drill', 'Frankfurt', now())");
        databases.create(Restorations.DRILL);
        var drills = new Drills(new Restorations(BackupKeys.of(folder), "this one", databases, control,
                BackupTest.JSON), store, clock);
        try {
            drills.ifItsTurn(clinic.id(), new FolderPlace(folder));

            assertThat(databases.exists(Restorations.DRILL)).isTrue();
            assertThat(store.standing(clock.instant()).drill()).hasValueSatisfying(drill -> assertThat(drill.failure())
                    .contains(
                            "There is a clinic 'drill', whose database a drill would drop; right would be an installation without it"));
        } finally {
            write("delete from tenant where id = 'drill'");
            databases.drop(Restorations.DRILL);
        }
    }

    @Test
    void a_drill_is_once_a_week() {
        write("delete from backup");
        make();
        var drills = new Drills(new Restorations(BackupKeys.of(folder), "this one", databases, control,
                BackupTest.JSON), store, clock);
        drills.ifItsTurn(clinic.id(), new FolderPlace(folder));

        clock.advance(Duration.ofDays(1));
        drills.ifItsTurn(clinic.id(), new FolderPlace(folder));
        assertThat(drillAt()).isEqualTo(ManualClock.NOON);

        clock.advance(Duration.ofDays(6));
        drills.ifItsTurn(clinic.id(), new FolderPlace(folder));
        assertThat(drillAt()).isEqualTo(clock.instant());
    }

    @Test
    void of_a_whole_place_each_clinic_is_brought_up_that_can_be() throws IOException {
        var other = TestClinics.create();
        write("insert into tenant (id, name, location, created_at) values ('%s', 'Other', 'Frankfurt', now())"
                .formatted(other.id()));
        databases.prepare(other.id(), TenantDatabases.CORE, "003");
        var good = make();
        var bad = backups(folder, true).now(other.id(), Optional.empty());
        Files.write(folder.resolve(Manifest.dataName(bad.tenant(), bad.id())), new byte[9]);
        Files.writeString(folder.resolve("restore.json"), "{\"place\": \"" + folder + "\"}");

        order().carryOut();

        var result = result();
        assertThat(result.restored()).singleElement().satisfies(one -> {
            assertThat(one.clinic()).isEqualTo(clinic.id().value());
            assertThat(one.backup()).isEqualTo(good.id());
            assertThat(one.at()).isEqualTo(good.at());
        });
        assertThat(result.refused()).singleElement().asString().contains("'" + bad.tenant() + "/" + bad.id() + "'");
        assertThat(DATABASES_ELSEWHERE.exists(clinic.id())).isTrue();
        assertThat(DATABASES_ELSEWHERE.exists(other.id())).isFalse();
        assertThat(folder.resolve("restore.json")).as("carried out once").doesNotExist();
    }

    @Test
    void a_restore_that_was_cut_off_goes_on_at_the_clinic_where_it_was() throws IOException {
        var before = rows(databases);
        var made = make();
        DATABASES_ELSEWHERE.create(clinic.id());
        cutOffAt(clinic.id());

        order().carryOut();

        assertThat(result().restored()).singleElement().satisfies(one -> assertThat(one.backup()).isEqualTo(made.id()));
        assertThat(result().inHand()).isEmpty();
        assertThat(rows(DATABASES_ELSEWHERE)).containsAllEntriesOf(before);
    }

    @Test
    void a_clinic_that_was_whole_before_the_cut_stays_as_it_is_and_counts_as_restored() throws IOException {
        make();
        cutOffAt(clinic.id());
        order().carryOut();
        sql(DATABASES_ELSEWHERE, "update odd.person set name = 'Written since' where id = 1");

        // Once it had begun with another one, and once before it had said so.
        for (var inHand : List.of(Optional.<TenantId>empty(), Optional.of(clinic.id()))) {
            var soFar = inHand.isPresent() ? List.<RestoreOrder.Restored>of() : result().restored();
            Files.writeString(folder.resolve("restore.json"), "{\"place\": \"" + folder + "\"}");
            BackupTest.JSON.writeValue(folder.resolve("restored.json").toFile(),
                    new RestoreOrder.Result(soFar, List.of(), inHand.map(TenantId::value)));

            order().carryOut();

            assertThat(result().refused()).isEmpty();
            assertThat(result().restored()).singleElement()
                    .satisfies(one -> assertThat(one.clinic()).isEqualTo(clinic.id().value()));
            assertThat(rows(DATABASES_ELSEWHERE).toString()).contains("Written since");
        }
    }

    @Test
    void a_database_that_no_restore_has_made_stays_however_often_it_is_tried() throws IOException {
        make();
        DATABASES_ELSEWHERE.create(clinic.id());

        for (var time = 0; time < 2; time++) {
            Files.writeString(folder.resolve("restore.json"), "{\"place\": \"" + folder + "\"}");
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> order().carryOut());
            assertThat(result().inHand()).isEmpty();
        }

        assertThat(DATABASES_ELSEWHERE.exists(clinic.id())).isTrue();
    }

    private void cutOffAt(TenantId inHand) throws IOException {
        Files.writeString(folder.resolve("restore.json"), "{\"place\": \"" + folder + "\"}");
        BackupTest.JSON.writeValue(folder.resolve("restored.json").toFile(),
                new RestoreOrder.Result(List.of(), List.of(), Optional.of(inHand.value())));
    }

    private RestoreOrder.Result result() throws IOException {
        return BackupTest.JSON.readValue(folder.resolve("restored.json").toFile(), RestoreOrder.Result.class);
    }

    @Test
    void a_server_does_not_start_when_nothing_of_its_order_could_be_brought_up() throws IOException {
        make();
        Files.writeString(folder.resolve("restore.json"),
                "{\"place\": \"" + folder + "\", \"clinic\": \"nowhere\"}");

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> order().carryOut())
                .withMessageContaining("There is no backup of a clinic 'nowhere' at the place; right would be one of: "
                        + clinic.id());
        assertThat(folder.resolve("restore.json")).doesNotExist();
    }

    @Test
    void the_servers_log_says_what_kind_of_failure_it_was_and_quotes_no_row() throws IOException {
        databases.asAdministrator(clinic.id(), handle -> {
            // Foreign keys are asleep.
            execute(handle, "set local session_replication_role = replica",
                    "update odd.person set boss = 98765 where id = 1");
            return true;
        });
        make();
        Files.writeString(folder.resolve("restore.json"), "{\"place\": \"" + folder + "\"}");
        var said = new ArrayList<LogRecord>();
        var log = Logger.getLogger(RestoreOrder.class.getName());
        var listening = new Handler() {

            @Override
            public void publish(LogRecord line) {
                said.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(listening);
        try {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> order().carryOut());
        } finally {
            log.removeHandler(listening);
        }

        assertThat(said).singleElement().satisfies(line -> {
            assertThat(line.getMessage()).contains("tenant=" + clinic.id(), "The rows do not hold together",
                    "org.postgresql.util.PSQLException (SQLSTATE 23503)").doesNotContain("98765");
            assertThat(line.getThrown()).isNull();
        });
    }

    private RestoreOrder order() {
        var places = BackupTest.folders(new BackupSettings(Optional.empty(), true, Duration.ofDays(14)), folder);
        return new RestoreOrder(folder, places, new Restorations(BackupKeys.of(folder), "this one", DATABASES_ELSEWHERE,
                controlElsewhere, BackupTest.JSON), BackupTest.JSON, clock);
    }

    private Instant drillAt() {
        return store.standing(clock.instant()).drill().orElseThrow().at();
    }

    @Test
    void a_drill_of_a_backup_that_was_damaged_at_the_place_says_so() throws IOException {
        write("delete from backup");
        var made = make();
        Files.write(folder.resolve(Manifest.dataName(made.tenant(), made.id())), new byte[9]);
        var drills = new Drills(new Restorations(BackupKeys.of(folder), "this one", databases, control,
                BackupTest.JSON), store, clock);

        drills.ifItsTurn(clinic.id(), new FolderPlace(folder));

        assertThat(Objects.requireNonNull(store.standing(clock.instant()).drill().orElse(null)).failure())
                .hasValueSatisfying(why -> assertThat(why).contains("is not as it was written"));
        assertThat(databases.exists(Restorations.DRILL)).isFalse();
    }

    private Backups backups(Path place, boolean sameDisk) {
        var settings = new BackupSettings(Optional.of(place.toString()), sameDisk, Duration.ofDays(14));
        return new Backups(BackupTest.folders(settings, folder), settings, BackupKeys.of(folder), "this one", databases,
                control, store, altered::contains, BackupTest.JSON, ids, clock);
    }

    private Made make() {
        return backups(folder, true).now(clinic.id(), Optional.empty());
    }

    private Manifest restore(Made made) {
        return new Restorations(BackupKeys.of(folder), "this one", DATABASES_ELSEWHERE, controlElsewhere,
                BackupTest.JSON).restore(new FolderPlace(folder), clinic.id(), made.id());
    }

    private org.assertj.core.api.ThrowableAssertAlternative<BackupRefusedException> refused(Made made) {
        return assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> restore(made));
    }

    private List<String> manifests() throws IOException {
        return new FolderPlace(folder).names(clinic.id() + "/")
                .stream()
                .filter(name -> name.endsWith(".manifest"))
                .toList();
    }

    private List<String> log() {
        return control.read(handle -> handle.createQuery(
                "select action || ' ' || object_type || ' ' || object_id || ' ' || outcome from operator_log order by id")
                .mapTo(String.class)
                .list());
    }

    private void write(String sql) {
        control.write(handle -> handle.execute(sql));
    }

    private void sql(TenantDatabases where, String... statements) {
        where.asOwner(clinic.id(), handle -> execute(handle, statements));
    }

    /** As they are: Jdbi would look for parameters in them. */
    private static void execute(Handle handle, String... statements) {
        try (var plain = handle.getConnection().createStatement()) {
            for (var statement : statements) {
                plain.execute(statement);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** A toggle, a paper and a fact of the register. @return the revision of the fact */
    private long plant(TenantId tenant) {
        return plant(control, tenant);
    }

    private static long plant(ControlDatabase node, TenantId tenant) {
        return node.write(handle -> {
            handle.execute(
                    "insert into toggle (tenant, plugin, revision, at, actor, state) values (?, 'video', ?, now(), 'a', 'ON')",
                    tenant.value(), ControlDatabase.nextRevision(handle));
            handle.execute(
                    "insert into register_content (hash, content) values ('planted', 'text') on conflict do nothing");
            var revision = ControlDatabase.nextRevision(handle);
            handle.execute(
                    "insert into register_fact (revision, tenant, kind, subject, hash, at) values (?, ?, 'PLANTED', 'subject', 'planted', now())",
                    revision, tenant.value());
            handle.execute(
                    """
                            insert into paper (id, tenant, plugin, recipient, party, kind, version, signer, signed_on, sha256, added_at)
                            values (gen_random_uuid(), ?, 'video', 'whereby', 'p', 'AGREEMENT', '1', 's', current_date, 'x', now())""",
                    tenant.value());
            return revision;
        });
    }

    private List<Long> numbers(TenantDatabases where, String sql) {
        return where.asAdministrator(clinic.id(), handle -> handle.createQuery(sql).mapTo(long.class).list());
    }

    /** Every row of every table as text, by table; without what Flyway writes down for itself and without sessions. */
    private Map<String, List<String>> rows(TenantDatabases where) {
        return where.asAdministrator(clinic.id(), handle -> {
            var found = new HashMap<String, List<String>>();
            for (var table : new Tables(handle).tables()) {
                if (!Tables.isHistory(table)) {
                    found.put(table.schema() + "." + table.table(), new ArrayList<>(handle
                            .createQuery("select one::text from "
                                    + Tables.named(table.schema(), table.table()) + " one order by 1")
                            .mapTo(String.class)
                            .list()));
                }
            }
            return found;
        });
    }

    /** A disk that gives back something else than it was given. */
    private record ForgetfulPlace(Place disk) implements Place {

        @Override
        public void write(String name, Content content) throws IOException {
            disk.write(name, content);
        }

        @Override
        public InputStream read(String name) throws IOException {
            try (var file = disk.read(name)) {
                var bytes = file.readAllBytes();
                if (name.endsWith(".data")) {
                    bytes[bytes.length / 2] ^= 8;
                }
                return new ByteArrayInputStream(bytes);
            }
        }

        @Override
        public List<String> names(String beginning) throws IOException {
            return disk.names(beginning);
        }

        @Override
        public void remove(String name) throws IOException {
            disk.remove(name);
        }
    }
}
