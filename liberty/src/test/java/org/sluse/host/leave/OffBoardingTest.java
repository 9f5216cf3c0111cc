// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.backup.Backups;
import org.sluse.host.backup.TestBackups;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.location.TestLocations;
import org.sluse.host.people.People;
import org.sluse.host.people.TestPeople;
import org.sluse.host.people.TwoPeople;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.host.tenant.Source;
import org.sluse.host.tenant.TestTenants;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;

/** A clinic on a real PostgreSQL, with rows, keys, a backup and one administrator, who wants it to leave. */
class OffBoardingTest {

    private static final Postgres ELSEWHERE = RunningCluster.another();
    private static final KeyPair KEY = key();
    /** Certificates of all tests are in one control database. */
    private static final KnownIds IDS = new KnownIds();

    @TempDir
    private Path folder = Path.of("");
    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final ControlDatabase controlElsewhere = ControlDatabases.in(ELSEWHERE, clock);
    private final TenantDatabases databases = TestClinics.node();
    private final People people = TestPeople.of(control, binding, clock, IDS, gone -> {
    });
    private final TwoPeople two = TestPeople.two(people, binding);
    private final LeaveRequests requests = new LeaveRequests(control, TestClinics.ports(binding, clock), two, binding,
            clock);
    private final List<String> steps = new ArrayList<>();
    private final Tenant clinic = TestClinics.create();
    private Actor administrator = Actor.anonymous();

    /** What a process that is killed does not survive. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void a_clinic_with_rows_and_a_backup() {
        control.write(handle -> handle.execute("delete from backup_key"));
        open(clinic);
        databases.open(clinic.id(), TestClinics.ALPHA);
        databases.asOwner(clinic.id(), handle -> {
            handle.execute("insert into alpha.note (text) select 'Note ' || n from generate_series(1, 100) n");
            handle.execute("insert into alpha.person_key values ('person', '\\x01')");
        });
        databases.sealing(clinic.id()).encrypt("Secret of the clinic", "test");
        administrator = as(Binding.OPERATOR, () -> new Actor(Actor.Kind.STAFF,
                people.add("https://issuer.example",
                        new People.NewPerson("administrator-1", "Administrator 1", List.of("administrator"))).id(),
                Set.of(Role.ADMINISTRATOR)));
        backups().now(clinic.id(), Optional.empty());
    }

    @AfterEach
    void nothing_is_left_elsewhere() {
        TestClinics.in(ELSEWHERE, any -> org.sluse.data.DataMap.NOTHING).drop(clinic.id());
        try (var handle = ELSEWHERE.open("sluse_control")) {
            handle.execute(
                    "truncate tenant, off_boarding_certificate, register_content, register_key, kill, rollout, operator_log restart identity cascade");
        }
    }

    @Test
    void nothing_of_the_clinic_is_there_when_its_certificate_is_issued() throws IOException {
        ask();

        var done = operator("ola", () -> offBoarding().carryOut());

        assertThat(done.certificate()).isPresent();
        assertThat(steps).containsExactly("modules off", "known to every node");
        assertThat(databases.exists(clinic.id())).isFalse();
        assertThat(roles()).isEmpty();
        for (var table : List.of("toggle", "register_fact", "paper", "backup", "leave_request", "off_boarding")) {
            assertThat(rows(table, "tenant")).as(table).isZero();
        }
        assertThat(rows("tenant", "id")).isZero();
        assertThat(files(clinic.id() + "@keys")).as("copies of its keys").isEmpty();
        assertThat(files(clinic.id().value())).as("backups").isEmpty();
    }

    @Test
    void the_certificate_says_who_wanted_it_and_what_was_destroyed_and_is_signed() throws Exception {
        ask();
        operator("ola", () -> offBoarding().carryOut());

        var certificate = offBoarding().stored(clinic.id()).orElseThrow();

        var says = TestBackups.JSON.readValue(certificate.content(), Certificate.Document.class);
        assertThat(says.askedBy()).isEqualTo("Administrator 1");
        assertThat(says.confirmedBy()).isEqualTo("ola");
        assertThat(says.destroyed().tables()).contains(new Inventory.Table("alpha", "note", 100),
                new Inventory.Table("alpha", "person_key", 1), new Inventory.Table("core", "staff", 1));
        assertThat(says.destroyed().keys()).singleElement()
                .satisfies(key -> assertThat(key.sha256()).matches("[0-9a-f]{64}"));
        assertThat(says.destroyed().personKeys()).isEqualTo(1);
        assertThat(says.destroyed().stored().backups()).isEqualTo(1);
        assertThat(says.destroyed().stored().keyCopies()).isEqualTo(1);
        assertThat(says.kept()).contains("operator-log", "certificate");
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KEY.getPublic());
        verifier.update(Certificate.statement(certificate.tenant(), certificate.id(), certificate.issuedAt(),
                certificate.content()).getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(Base64.getDecoder().decode(certificate.signature()))).isTrue();
    }

    @Test
    void the_operator_alone_ends_no_clinic_that_has_an_administrator() {
        refused("not-asked", () -> operator("ola", () -> offBoarding().carryOut()));
        ask();
        refused("operator-unnamed", () -> as(Binding.OPERATOR, () -> offBoarding().carryOut()));

        assertThat(notes()).isEqualTo(100);
    }

    @Test
    void two_people_of_the_operators_end_a_clinic_that_has_no_administrator() {
        var alone = TestClinics.create();
        open(alone);
        var asked = operator(alone, "ola", () -> offBoarding().carryOut());
        assertThat(asked.certificate()).isEmpty();
        refused("second-person-same", () -> operator(alone, "ola", () -> offBoarding().carryOut()));

        assertThat(operator(alone, "kari", () -> offBoarding().carryOut()).certificate()).isPresent();
        assertThat(databases.exists(alone.id())).isFalse();
    }

    @Test
    void what_was_taken_back_or_is_two_weeks_old_is_not_carried_out() {
        ask();
        withdraw();
        refused("not-asked", () -> operator("ola", () -> offBoarding().carryOut()));
        ask();
        clock.advance(Duration.ofDays(14));
        refused("not-asked", () -> operator("ola", () -> offBoarding().carryOut()));

        assertThat(notes()).isEqualTo(100);
    }

    @Test
    void a_backup_that_is_being_made_comes_first_and_none_begins_while_the_clinic_leaves() {
        ask();
        try (var _ = control.share(Backups.hold(clinic.id())).orElseThrow()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> operator("ola", () -> offBoarding().carryOut()))
                    .withMessageContaining("right would be to try again when it is over");
            assertThat(backups().now(clinic.id(), Optional.empty()).rows()).as("beside another one").isPositive();
        }
        try (var _ = control.hold(Backups.hold(clinic.id())).orElseThrow()) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> backups().now(clinic.id(), Optional.empty()))
                    .withMessageContaining("is being off-boarded");
        }

        assertThat(operator("ola", () -> offBoarding().carryOut()).certificate()).isPresent();
    }

    @Test
    void what_changes_nothing_is_in_no_log() {
        withdraw();
        assertThat(noted()).isZero();
        ask();
        ask();
        assertThat(noted()).isEqualTo(1);
        withdraw();
        withdraw();

        assertThat(noted()).isEqualTo(2);
    }

    private void withdraw() {
        as(administrator, () -> {
            requests.withdraw();
            return true;
        });
    }

    /** Entries about the wish in the operator's log, as many as in the clinic's trail. */
    private int noted() {
        int told = control.read(handle -> handle.createQuery(
                "select count(*) from operator_log where object_type = 'LeaveRequest' and tenant = :clinic")
                .bind("clinic", clinic.id().value())
                .mapTo(int.class)
                .one());
        int own = databases.asAdministrator(clinic.id(),
                handle -> handle.createQuery("select count(*) from core.audit where object_type = 'LeaveRequest'")
                        .mapTo(int.class)
                        .one());
        assertThat(own).isEqualTo(told);
        return told;
    }

    @Test
    void another_clinics_name_asks_for_nothing() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> as(administrator, () -> {
                    requests.ask("Clinic South");
                    return true;
                }))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.NOT_ALLOWED_VALUE));
        assertThat(as(administrator, requests::standing).request()).isEmpty();
    }

    @Test
    void a_dry_run_says_what_would_be_destroyed_and_changes_nothing() {
        ask();

        var plan = operator("ola", () -> offBoarding().plan());

        assertThat(plan.rows()).isGreaterThan(100);
        assertThat(plan.backups()).isEqualTo(1);
        assertThat(plan.request()).hasValueSatisfying(one -> assertThat(one.askedBy()).isEqualTo("Administrator 1"));
        assertThat(notes()).isEqualTo(100);
        assertThat(as(administrator, requests::standing).request()).isPresent();
    }

    @Test
    void a_place_of_backups_that_is_away_keeps_everything_as_it_is() throws IOException {
        ask();
        var file = Files.writeString(folder.resolve("file"), "where a disk was mounted");
        var gone = TestBackups.at(file.resolve("place"), folder, databases, control, IDS, clock);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> operator("ola", () -> offBoarding(gone, List.of()).carryOut()))
                .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.CONFLICT));

        assertThat(notes()).isEqualTo(100);
        assertThat(as(administrator, requests::standing).request()).isPresent();
    }

    @Test
    void what_a_node_that_died_has_left_the_next_one_destroys() throws IOException {
        ask();
        assertThatThrownBy(() -> operator("ola", () -> offBoarding(backups(), List.of("known")).carryOut()))
                .isInstanceOf(Killed.class);
        assertThat(rows("tenant", "id")).as("there is no such clinic from then on").isZero();
        assertThat(databases.exists(clinic.id())).isTrue();

        offBoarding().putRight();
        offBoarding().putRight();

        assertThat(databases.exists(clinic.id())).isFalse();
        assertThat(files(clinic.id() + "@keys")).isEmpty();
        assertThat(offBoarding().stored(clinic.id())).isPresent();
        assertThat(rows("off_boarding", "tenant")).isZero();
    }

    @Test
    void a_cluster_that_is_brought_back_to_an_earlier_moment_does_not_bring_it_back() throws IOException {
        ask();
        operator("ola", () -> offBoarding().carryOut());
        databases.create(clinic.id());
        open(clinic);
        try (var handle = RunningCluster.POSTGRES.open("sluse_control")) {
            handle.execute("delete from off_boarding_certificate where tenant = ?", clinic.id().value());
        }

        for (var act : List.<Runnable>of(() -> backups().eraseAgain(clinic.id()),
                () -> backups().now(clinic.id(), Optional.empty()))) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(act::run)
                    .withMessageContaining("and its keys were destroyed")
                    .satisfies(told -> assertThat(told.problem()).isEqualTo(Problem.CONFLICT));
        }

        backups().keysChanged(clinic.id());
        assertThat(files(clinic.id() + "@keys")).as("copies of its keys").isEmpty();
        assertThat(files(clinic.id().value())).as("backups").isEmpty();
    }

    @Test
    void a_restore_from_an_older_backup_does_not_bring_it_back() throws IOException {
        var kept = copy(folder.resolve(clinic.id().value()));
        var keys = copy(folder.resolve(clinic.id() + "@keys"));
        ask();
        var done = operator("ola", () -> offBoarding().carryOut());
        putBack(kept, folder.resolve(clinic.id().value()));
        putBack(keys, folder.resolve(clinic.id() + "@keys"));
        var there = TestClinics.in(ELSEWHERE, any -> org.sluse.data.DataMap.NOTHING);

        for (var installation : List.of(controlElsewhere, control)) {
            assertThatThrownBy(() -> TestBackups.restore(folder, there, installation, clinic.id()))
                    .hasMessage("The clinic '" + clinic.id()
                            + "' was off-boarded on 2026-11-23, and its keys were destroyed; certificate '"
                            + done.certificate().orElseThrow() + "' says so. It is not brought back");
        }

        assertThat(there.exists(clinic.id())).isFalse();
        assertThat(controlElsewhere
                .<Long>read(handle -> handle.createQuery("select count(*) from off_boarding_certificate")
                        .mapTo(long.class)
                        .one()))
                .as("known there by now")
                .isOne();
    }

    @Test
    void no_table_that_refers_to_clinics_is_forgotten() {
        var refer = control.<List<String>>read(handle -> handle.createQuery(
                "select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = 'tenant'::regclass")
                .mapTo(String.class)
                .list());

        assertThat(refer).contains("toggle")
                .filteredOn(table -> !OffBoarding.OF_A_CLINIC.contains(table))
                .as("moves keep a clinic from leaving, and the wish is taken by itself")
                .containsExactlyInAnyOrder("move", "leave_request");
    }

    @Test
    void no_other_clinic_is_given_its_id() {
        ask();
        operator("ola", () -> offBoarding().carryOut());

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TestTenants.in(control, clock).create(clinic.id().value().replace('-', ' ')))
                .withMessageContaining("was that of a clinic which has left");
    }

    private void ask() {
        as(administrator, () -> {
            requests.ask(clinic.name());
            return true;
        });
    }

    private OffBoarding offBoarding() {
        return offBoarding(backups(), List.of());
    }

    /** @param dies steps in which the node is killed */
    private OffBoarding offBoarding(Backups backups, List<String> dies) {
        return new OffBoarding(control, databases, backups, requests, two, TestLocations.frankfurt(),
                new OffBoarding.Installation() {
                    @Override
                    public void switchAllOff() {
                        steps.add("modules off");
                    }

                    @Override
                    public void await(long revision) {
                        steps.add("known to every node");
                        if (dies.contains("known")) {
                            throw new Killed();
                        }
                    }

                    @Override
                    public String sign(String statement) {
                        try {
                            var signer = Signature.getInstance("Ed25519");
                            signer.initSign(KEY.getPrivate());
                            signer.update(statement.getBytes(StandardCharsets.UTF_8));
                            return Base64.getEncoder().encodeToString(signer.sign());
                        } catch (GeneralSecurityException impossible) {
                            throw new IllegalStateException(impossible);
                        }
                    }

                    @Override
                    public String publicKey() {
                        return "";
                    }
                }, binding, TestBackups.JSON, IDS, clock);
    }

    private Backups backups() {
        return TestBackups.in(folder, databases, control, IDS, clock);
    }

    private void open(Tenant tenant) {
        control.write(handle -> handle.execute(
                "insert into tenant (id, name, location, created_at) values (?, ?, 'Frankfurt', now())",
                tenant.id().value(), tenant.name()));
    }

    private int notes() {
        return databases.asAdministrator(clinic.id(),
                handle -> handle.createQuery("select count(*) from alpha.note").mapTo(int.class).one());
    }

    private int rows(String table, String column) {
        return control
                .read(handle -> handle.createQuery("select count(*) from " + table + " where " + column + " = :id")
                        .bind("id", clinic.id().value())
                        .mapTo(int.class)
                        .one());
    }

    private List<String> roles() {
        try (var handle = RunningCluster.POSTGRES.open("postgres")) {
            return handle
                    .createQuery(
                            "select rolname from pg_roles where rolname = :name or starts_with(rolname, :name || '.')")
                    .bind("name", "t_" + clinic.id().value().replace('-', '_'))
                    .mapTo(String.class)
                    .list();
        }
    }

    private List<String> files(String of) throws IOException {
        var place = folder.resolve(of);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Path copy(Path of) throws IOException {
        var copy = Files.createTempDirectory("kept");
        try (var files = Files.list(of)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void putBack(Path copy, Path to) throws IOException {
        try (var files = Files.list(copy)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void refused(String code, Supplier<?> act) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(act::get)
                .satisfies(told -> assertThat(told.errors()).extracting(FieldError::code).containsExactly(code));
    }

    private <T> T as(Actor actor, Supplier<T> work) {
        return binding.<T, RuntimeException>call(clinic, actor, work::get);
    }

    private <T> T operator(String name, Supplier<T> work) {
        return operator(clinic, name, work);
    }

    private <T> T operator(Tenant at, String name, Supplier<T> work) {
        return binding.<T, RuntimeException>from(Source.ITSELF, () -> {
            binding.calledBy(new OperatorName(name));
            return binding.<T, RuntimeException>call(at, Binding.OPERATOR, work::get);
        });
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
