// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.location.Location;
import org.sluse.host.location.Locations;
import org.sluse.host.location.TestLocations;
import org.sluse.host.paper.Paper;
import org.sluse.host.paper.TestPolicies;
import org.sluse.host.postgres.Postgres;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;

/** A clinic on a real PostgreSQL, moved to another one. */
class MovesTest {

    private static final Postgres OSLO = RunningCluster.another();
    private static final Map<String, String> SETTINGS = Map.of("sluse.locations", "Frankfurt, Oslo",
            "sluse.location.oslo.postgres.url", "jdbc:postgresql://127.0.0.1:1/postgres",
            "sluse.location.oslo.postgres.user", "sluse", "sluse.location.oslo.postgres.password", "secret");

    @TempDir
    private Path folder = Path.of("");
    private final ManualClock clock = new ManualClock();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final TenantDatabases databases = TestClinics
            .in(location -> location.is("oslo") ? OSLO : RunningCluster.POSTGRES);
    private final List<Long> awaited = new ArrayList<>();
    private final Set<String> unserved = new HashSet<>();
    private TenantId clinic = new TenantId("unset");

    /** What a process that is killed does not survive. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private String sealed = "";

    @BeforeEach
    void a_clinic_in_frankfurt_with_rows() {
        clinic = TestClinics.create().id();
        write("insert into tenant (id, name, location, created_at) values ('%s', 'Clinic', 'Frankfurt', now())"
                .formatted(clinic));
        for (var plugin : List.of(TestClinics.ALPHA, TestClinics.BETA)) {
            databases.open(clinic, plugin);
            databases.asOwner(clinic, handle -> handle.execute(
                    "insert into " + plugin + ".note (text) select 'Note ' || n from generate_series(1, 1000) n"));
        }
        sealed = databases.sealing(clinic).encrypt("Secret of the clinic", "moved");
        databases.asOwner(clinic, handle -> handle.execute("insert into alpha.person_key values ('person', '\\x01')"));
    }

    @AfterEach
    void nothing_is_left() {
        write("delete from move");
        there().drop(clinic);
    }

    @Test
    void every_row_is_at_the_new_place_and_the_old_one_is_gone() {
        var before = rows(databases);

        var moved = moves(this::carry).move(clinic, "oslo", Optional.empty());

        assertThat(rows(there())).isEqualTo(before);
        assertThat(moved.rows()).isGreaterThan(2000);
        assertThat(databases.exists(clinic)).isFalse();
        assertThat(location()).isEqualTo("Oslo");
        assertThat(text("select count(*)::text from move")).isEqualTo("0");
        assertThat(folder.resolve("moving")).isEmptyDirectory();
        assertThat(notes(there())).isEqualTo(1000);
        assertThat(there().sealing(clinic).decrypt(sealed, "moved")).as("sealed before the move")
                .contains("Secret of the clinic");
    }

    @Test
    void nobody_reaches_its_database_while_it_is_moved() {
        try (var writing = databases.open(clinic, TestClinics.ALPHA).open()) {
            writing.begin();
            writing.execute("insert into alpha.note (text) values ('Not committed')");

            moves((place, id, backup, there) -> {
                assertThat(awaited).hasSize(1);
                assertThatThrownBy(() -> databases.lookUp(clinic, TestClinics.ALPHA, handle -> true))
                        .isInstanceOfSatisfying(ProblemException.class,
                                problem -> assertThat(problem.problem()).isEqualTo(Problem.UNAVAILABLE));
                assertThatThrownBy(writing::commit).isNotNull();
                assertThatThrownBy(() -> moves(this::carry).move(clinic, "oslo", Optional.empty()))
                        .hasMessage("The clinic '" + clinic + "' is being moved already");
                return carry(place, id, backup, there);
            }).move(clinic, "oslo", Optional.empty());
        } catch (RuntimeException closed) {
            // The connection was ended, and says so once more.
        }

        assertThat(location()).isEqualTo("Oslo");
        assertThat(rows(there()).get("alpha.note")).hasSize(1000);
    }

    @Test
    void a_move_that_fails_in_the_middle_leaves_the_clinic_whole_where_it_was() {
        var before = rows(databases);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> moves((place, id, backup, there) -> {
                    carry(place, id, backup, there);
                    throw new BackupRefusedException("What was brought up differs");
                }).move(clinic, "oslo", Optional.empty()))
                .withMessage("The clinic '" + clinic + "' was not moved. What was brought up differs");

        isWholeInFrankfurt(before);
    }

    @Test
    void what_a_node_that_died_in_the_middle_left_is_undone_by_the_next() {
        var before = rows(databases);
        assertThatExceptionOfType(Killed.class).isThrownBy(() -> moves((place, id, backup, there) -> {
            carry(place, id, backup, there);
            throw new Killed();
        }).move(clinic, "oslo", Optional.empty()));
        assertThat(there().exists(clinic)).isTrue();
        // A power cut leaves the copy on the disk as well, beside that of a move which is under way.
        write(copy(clinic.value()));
        var another = TestClinics.create().id();
        write(copy(another.value()));

        try (var _ = control.hold("move " + another).orElseThrow()) {
            moves(this::carry).putRight();
        }

        assertThat(folder.resolve("moving").resolve(clinic.value())).doesNotExist();
        assertThat(copy(another.value())).exists();

        isWholeInFrankfurt(before);
        moves(this::carry).move(clinic, "oslo", Optional.empty());
        assertThat(rows(there())).isEqualTo(before);
    }

    @Test
    void what_is_under_way_on_another_node_is_left_alone() {
        moves((place, id, backup, there) -> {
            moves(this::carry).putRight();
            return carry(place, id, backup, there);
        }).move(clinic, "oslo", Optional.empty());

        assertThat(location()).isEqualTo("Oslo");
    }

    @Test
    void what_a_node_that_died_after_the_switch_left_is_dropped_by_the_next() {
        switched("Oslo");

        moves(this::carry).putRight();

        assertThat(databases.exists(clinic)).isFalse();
        assertThat(text("select count(*)::text from move")).isEqualTo("0");
    }

    @Test
    void a_node_that_knows_of_a_move_long_over_drops_nothing_of_a_clinic_that_is_back() {
        var before = rows(databases);
        switched("Frankfurt");

        moves(this::carry).putRight();

        assertThat(rows(databases)).isEqualTo(before);
        assertThat(notes(databases)).isEqualTo(1000);
    }

    @Test
    void a_move_that_another_node_has_undone_meanwhile_switches_nothing() {
        var before = rows(databases);

        assertThatThrownBy(() -> moves((place, id, backup, there) -> {
            var contents = carry(place, id, backup, there);
            write("delete from move");
            return contents;
        }).move(clinic, "oslo", Optional.empty())).hasMessageContaining("has been undone meanwhile");

        assertThat(location()).isEqualTo("Frankfurt");
        assertThat(rows(databases)).isEqualTo(before);
        assertThat(notes(databases)).as("its logins may log in again").isEqualTo(1000);
    }

    @Test
    void a_policy_that_ends_while_it_is_moved_stops_it() {
        var before = rows(databases);
        var outside = new HashMap<>(SETTINGS);
        outside.put("sluse.location.oslo.country", "US");
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var policy = new Paper.Terms("2026-1", "Manager 1", today, Optional.of(today), "0".repeat(64));

        assertThatThrownBy(() -> moves(TestLocations.of("Frankfurt", outside), (place, id, backup, there) -> {
            clock.advance(Duration.ofDays(1));
            return carry(place, id, backup, there);
        }).move(clinic, "oslo", Optional.of(policy))).isInstanceOf(ProblemException.class);

        isWholeInFrankfurt(before);
    }

    @Test
    void a_plan_changes_nothing() {
        var before = rows(databases);

        var plan = moves(this::carry).plan(clinic, "Oslo", Optional.empty());

        assertThat(plan.done()).isFalse();
        assertThat(plan.to()).isEqualTo("oslo");
        assertThat(plan.bytes()).isPositive();
        isWholeInFrankfurt(before);
    }

    @Test
    void it_goes_where_it_may_and_is_not_yet() {
        assertThatThrownBy(() -> moves(this::carry).plan(clinic, "frankfurt", Optional.empty()))
                .isInstanceOfSatisfying(ProblemException.class,
                        problem -> assertThat(problem.errors().getFirst().detail()).isEqualTo("The clinic '" + clinic
                                + "' is in Frankfurt already; right would be another location"));
        var outside = new HashMap<>(SETTINGS);
        outside.put("sluse.location.oslo.country", "US");
        assertThatThrownBy(() -> moves(TestLocations.of("Frankfurt", outside), this::carry).plan(clinic, "oslo",
                Optional.empty())).isInstanceOfSatisfying(ProblemException.class,
                        problem -> assertThat(problem.errors().getFirst().detail())
                                .startsWith("Oslo (US) lies outside the EEA."));
        unserved.add("oslo");
        assertThatThrownBy(() -> moves(this::carry).plan(clinic, "oslo", Optional.empty()))
                .hasMessage("No node of Oslo serves now, and nobody could use the clinic '" + clinic
                        + "' there; right would be to start one first, with sluse.location=oslo");
        unserved.clear();
        there().create(clinic);
        assertThatThrownBy(() -> moves(this::carry).plan(clinic, "oslo", Optional.empty()))
                .hasMessageStartingWith("A database of clinic '" + clinic + "' lies in Oslo already");
    }

    @Test
    void a_cluster_that_does_not_answer_is_said_before_anything_is_done() {
        var away = TestClinics.in(location -> location.is("oslo") ? RunningCluster.away() : RunningCluster.POSTGRES);

        assertThatThrownBy(() -> moves(TestLocations.of("Frankfurt", SETTINGS), away, this::carry).move(clinic, "oslo",
                Optional.empty())).hasMessageStartingWith("The PostgreSQL of Oslo does not answer; right would be");
        assertThat(awaited).isEmpty();
    }

    private Path copy(String id) {
        return folder.resolve("moving").resolve(id).resolve(id).resolve("1.part");
    }

    private static void write(Path file) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, "sealed");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A row of a move from Frankfurt to Oslo that is switched, of a clinic that is there or here. */
    private void switched(String location) {
        write("insert into move (tenant, source, target, begun_at, switched) values ('%s', 'frankfurt', 'oslo', now(), true)"
                .formatted(clinic));
        write("update tenant set location = '%s' where id = '%s'".formatted(location, clinic));
    }

    private void isWholeInFrankfurt(Map<String, List<String>> before) {
        assertThat(rows(databases)).isEqualTo(before);
        assertThat(there().exists(clinic)).isFalse();
        assertThat(location()).isEqualTo("Frankfurt");
        assertThat(text("select count(*)::text from move")).isEqualTo("0");
        assertThat(notes(databases)).isEqualTo(1000);
    }

    private Manifest carry(Place place, TenantId id, String backup, TenantDatabases there) {
        return new Restorations(BackupKeys.of(folder), "this one", there, control, BackupTest.JSON).bring(place, id,
                backup);
    }

    private Moves moves(Moves.Carrier carrier) {
        return moves(TestLocations.of("Frankfurt", SETTINGS), carrier);
    }

    private Moves moves(Locations locations, Moves.Carrier carrier) {
        return moves(locations, databases, carrier);
    }

    private Moves moves(Locations locations, TenantDatabases databases, Moves.Carrier carrier) {
        var settings = new BackupSettings(Optional.empty(), false, Duration.ofDays(14));
        var backups = new Backups(BackupTest.folders(settings, folder), settings, BackupKeys.of(folder), "this one",
                databases, control, new BackupStore(control), none -> false, BackupTest.JSON, new KnownIds(), clock);
        return new Moves(control, databases, locations, TestPolicies.in(control, clock), backups, carrier,
                new Moves.Installation() {
                    @Override
                    public boolean serves(Location location) {
                        return !unserved.contains(location.id());
                    }

                    @Override
                    public void await(long revision) {
                        awaited.add(revision);
                    }

                    @Override
                    public void bringRegisterUpToDate() {
                        // RegisterStoreTest has what comes of it.
                    }

                    @Override
                    public void place(Handle handle, TenantId id, String location) {
                        ControlDatabase.nextRevision(handle);
                    }
                }, folder.resolve("moving"), clock);
    }

    private TenantDatabases there() {
        return databases.at(TestLocations.of("Frankfurt", SETTINGS).require("oslo"));
    }

    /** As the plugin reads them. */
    private int notes(TenantDatabases where) {
        return where.lookUp(clinic, TestClinics.ALPHA,
                handle -> handle.createQuery("select count(*) from note").mapTo(int.class).one());
    }

    private String location() {
        return text("select location from tenant where id = '%s'".formatted(clinic));
    }

    private String text(String query) {
        return control.read(handle -> handle.createQuery(query).mapTo(String.class).one());
    }

    private void write(String statement) {
        control.write(handle -> handle.execute(statement));
    }

    /** Every row of every table as text, by table; without what Flyway writes down for itself and without sessions. */
    private Map<String, List<String>> rows(TenantDatabases where) {
        return where.asAdministrator(clinic, handle -> {
            var found = new TreeMap<String, List<String>>();
            for (var table : Stream
                    .concat(new Tables(handle).tables().stream(), new Tables(handle).keyTables().stream())
                    .toList()) {
                if (!Tables.isHistory(table)) {
                    found.put(table.schema() + "." + table.table(), handle
                            .createQuery("select one::text from " + Tables.named(table.schema(), table.table())
                                    + " one order by 1")
                            .mapTo(String.class)
                            .list());
                }
            }
            return found;
        });
    }
}
