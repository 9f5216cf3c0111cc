// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.Transaction;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.secret.SealBrokenException;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** Sealed columns of a plugin's tables: what opens where, what the database can tell, and what becomes of a key that nobody needs. On a real PostgreSQL. */
class SealsTest {

    private static final PluginId SEALED = TestClinics.SEALED;
    private static final PluginId TWIN = new PluginId("twin");
    private static final TenantDatabases NODE = TestClinics.in(RunningCluster.POSTGRES, any -> TestClinics.GUESTS);

    private static Tenant north;
    private static Tenant south;

    private final Binding binding = new Binding();
    private final ManualClock clock = new ManualClock();
    private final PluginDatabase guests = database(NODE, SEALED);

    @BeforeAll
    static void two_clinics() {
        north = TestClinics.create();
        south = TestClinics.create();
    }

    @Test
    void what_is_sealed_opens_in_its_cell_and_is_different_each_time() {
        var cell = Cell.of("guest", "name", "ada");

        in(north, guests, tx -> {
            var seal = tx.sealOf("ada");
            var once = seal.seal(cell, "Ada, née Byron | 1815");
            var again = seal.seal(cell, "Ada, née Byron | 1815");
            assertThat(seal.open(cell, once)).isEqualTo("Ada, née Byron | 1815");
            assertThat(once).isNotEqualTo(again).hasSize(again.length()).isASCII().doesNotContain("Ada");
            assertThat(seal.open(cell, seal.seal(cell, ""))).isEmpty();
            return true;
        });
    }

    @Test
    void ten_thousand_values_that_were_moved_or_altered_are_refused() {
        var random = new Random(20261127);
        var people = List.of("p1", "p2");
        var tables = List.of(Cell.of("guest", "name", "p1"), Cell.of("guest", "wish", "p1"),
                Cell.of("guest", "name", "p2"),
                Cell.of("visit", "remark", "p1", "1"), Cell.of("visit", "remark", "p1", "2"));
        var refused = 0;
        record Value(PluginDatabase database, Tenant tenant, String person, Cell cell, String sealed) {}
        var values = new ArrayList<Value>();
        for (var tenant : List.of(north, south)) {
            for (var database : List.of(guests, database(NODE, TWIN))) {
                in(tenant, database, tx -> {
                    people.forEach(person -> tables.forEach(cell -> values.add(
                            new Value(database, tenant, person, cell,
                                    tx.sealOf(person).seal(cell, "value of " + cell)))));
                    return true;
                });
            }
        }
        for (var target : values) {
            refused += in(target.tenant(), target.database(), tx -> {
                var broken = 0;
                for (var round = 0; round < 250; round++) {
                    var moved = values.get(random.nextInt(values.size()));
                    var text = moved.sealed();
                    if (moved.equals(target) || random.nextBoolean()) {
                        text = flipped(target.sealed(), random);
                    }
                    var given = text;
                    assertThatThrownBy(() -> tx.sealOf(target.person()).open(target.cell(), given))
                            .isInstanceOf(SealBrokenException.class);
                    broken++;
                }
                return broken;
            });
        }
        assertThat(refused).isEqualTo(10_000);
    }

    /** One bit of what follows the mark, in the alphabet of what is written. */
    private static String flipped(String sealed, Random random) {
        var bytes = Base64.getUrlDecoder().decode(sealed.substring(3));
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return sealed.substring(0, 3) + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void what_lies_plain_in_a_sealed_column_is_not_taken_for_an_answer() {
        in(north, guests, tx -> {
            tx.sealOf("ada").seal(Cell.of("guest", "name", "ada"), "Ada");
            assertThatThrownBy(() -> tx.sealOf("ada").open(Cell.of("guest", "name", "ada"), "Ada"))
                    .isInstanceOf(SealBrokenException.class)
                    .hasMessageContaining("guest.name")
                    .message()
                    .doesNotContain("Ada");
            return true;
        });
    }

    @Test
    void a_column_that_the_data_map_does_not_have_sealed_is_nobodys_to_seal() {
        in(north, guests, tx -> {
            assertThatThrownBy(() -> tx.sealOf("ada").seal(Cell.of("guest", "id", "ada"), "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "'guest.id' is not sealed by the data map of 'sealed'; right would be 'sealed' there");
            assertThatThrownBy(() -> tx.indexOf("guest", "wish", "x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tx.sealsOf(List.of("ada")).apply("eve"))
                    .isInstanceOf(IllegalArgumentException.class);
            return true;
        });
    }

    @Test
    void an_index_is_the_same_for_the_same_text_and_another_in_another_column_plugin_or_clinic() {
        Function<PluginDatabase, byte[]> name = database -> in(north, database,
                tx -> tx.indexOf("guest", "name", "Ada"));

        assertThat(name.apply(guests)).hasSize(32)
                .isEqualTo(name.apply(database(another(), SEALED)))
                .isNotEqualTo(in(north, guests, tx -> tx.indexOf("guest", "name", "ada")))
                .isNotEqualTo(name.apply(database(NODE, TWIN)))
                .isNotEqualTo(in(south, guests, tx -> tx.indexOf("guest", "name", "Ada")));
    }

    @Test
    void what_one_node_seals_another_opens() {
        var cell = Cell.of("guest", "name", "grace");
        var sealed = in(north, guests, tx -> tx.sealOf("grace").seal(cell, "Grace"));

        String opened = in(north, database(another(), SEALED), tx -> tx.sealOf("grace").open(cell, sealed));

        assertThat(opened).isEqualTo("Grace");
    }

    @Test
    void what_was_plain_before_its_column_was_sealed_is_sealed_and_indexed_before_the_plugin_sees_it() {
        var tenant = TestClinics.create();
        NODE.open(tenant.id(), SEALED);
        NODE.asOwner(tenant.id(), handle -> {
            handle.execute(
                    "insert into sealed.guest (id, name, wish) select 'g' || n, 'Name ' || n, case when n % 2 = 0 then 'tea' end from generate_series(1, 1100) n");
            handle.execute("insert into sealed.visit (guest_id, day, remark) select id, 1, 'quiet' from sealed.guest");
        });

        var upgraded = database(another(), SEALED);

        in(tenant, upgraded, tx -> {
            assertThat(tx.handle()
                    .createQuery(
                            "select count(*) from guest where name like 'Name%' or wish = 'tea' or name_index is null")
                    .mapTo(int.class)
                    .one()).isZero();
            assertThat(
                    tx.handle().createQuery("select count(*) from visit where remark = 'quiet'").mapTo(int.class).one())
                    .isZero();
            var found = tx.handle()
                    .createQuery("select id, wish from guest where name_index = :index")
                    .bind("index", tx.indexOf("guest", "name", "Name 700"))
                    .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                    .one();
            assertThat(found.getFirst()).isEqualTo("g700");
            assertThat(tx.sealOf("g700").open(Cell.of("guest", "wish", "g700"), found.getLast())).isEqualTo("tea");
            var remark = tx.handle()
                    .createQuery("select remark from visit where guest_id = 'g700'")
                    .mapTo(String.class)
                    .one();
            assertThat(tx.sealOf("g700").open(Cell.of("visit", "remark", "g700", 1), remark)).isEqualTo("quiet");
            return true;
        });
    }

    @Test
    void the_plugins_role_reads_no_clinics_key_and_destroys_no_persons() {
        in(north, guests, tx -> tx.sealOf("ada").seal(Cell.of("guest", "name", "ada"), "Ada"));

        List.of("select wrapped from core.clinic_key", "delete from person_key", "update person_key set wrapped = ''",
                "select person from core.erased")
                .forEach(statement -> assertThatThrownBy(() -> in(north, guests, tx -> {
                    tx.handle().execute(statement);
                    return true;
                })).as(statement).hasMessageContaining("permission denied"));
    }

    @Test
    void a_persons_key_is_destroyed_when_no_row_of_theirs_is_left_and_not_before() {
        var tenant = TestClinics.create();
        in(tenant, guests, tx -> {
            add(tx, "stays");
            add(tx, "leaves");
            return true;
        });

        assertThat(NODE.forget(tenant.id(), SEALED, List.of("stays"), clock.instant())).isZero();
        in(tenant, guests, tx -> tx.handle().execute("delete from guest where id = 'leaves'"));
        assertThat(NODE.forget(tenant.id(), SEALED, List.of("leaves", "was-here-once", "stays"), clock.instant()))
                .isEqualTo(2);
        assertThat(NODE.forget(tenant.id(), SEALED, List.of(), clock.instant())).isZero();

        assertThat(column(tenant, "select person from sealed.person_key")).containsExactly("stays");
        assertThat(column(tenant, "select plugin || ' ' || person from core.erased order by 1"))
                .containsExactly("sealed leaves", "sealed was-here-once");
    }

    @Test
    void whoever_comes_back_while_the_key_is_being_destroyed_has_one_that_opens() throws Exception {
        var tenant = TestClinics.create();
        in(tenant, guests, tx -> tx.sealOf("ada").seal(Cell.of("guest", "name", "ada"), "Ada"));
        var sealed = new CountDownLatch(1);
        var destroying = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var coming = threads.submit(() -> in(tenant, guests, tx -> {
                add(tx, "ada");
                sealed.countDown();
                await(destroying);
                return true;
            }));
            await(sealed);
            var destroyed = threads.submit(() -> {
                destroying.countDown();
                return NODE.forget(tenant.id(), SEALED, List.of(), clock.instant());
            });
            assertThat(coming.get()).isTrue();
            assertThat(destroyed.get()).isZero();
        }

        String name = in(tenant, guests, tx -> tx.sealOf("ada")
                .open(Cell.of("guest", "name", "ada"),
                        tx.handle().createQuery("select name from guest").mapTo(String.class).one()));
        assertThat(name).isEqualTo("Name of ada");
    }

    @Test
    void a_rotation_while_the_clinic_works_fails_no_call_and_leaves_nothing_under_the_old_key() throws Exception {
        var tenant = TestClinics.create();
        in(tenant, guests, tx -> {
            IntStream.range(0, 1_200).forEach(number -> add(tx, "guest-" + number));
            return true;
        });
        var before = column(tenant,
                "select encode(substring(wrapped from 1 for 5), 'hex') from sealed.person_key limit 1");
        var rotated = new AtomicBoolean();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = IntStream.range(0, 4).mapToObj(worker -> threads.submit(() -> {
                var node = worker % 2 == 0 ? guests : database(another(), SEALED);
                var calls = 0;
                while (!rotated.get() || calls < 10) {
                    var person = "new-" + worker + "-" + calls++;
                    in(tenant, node, tx -> {
                        add(tx, person);
                        return nameOf(tx, "guest-" + Math.floorMod(person.hashCode(), 1_200));
                    });
                }
                return calls;
            })).toList();
            assertThat(NODE.rotate(tenant.id())).isGreaterThanOrEqualTo(1_200);
            rotated.set(true);
            for (var one : working) {
                assertThat(one.get()).isGreaterThanOrEqualTo(10);
            }
        }

        assertThat(
                column(tenant, "select distinct encode(substring(wrapped from 1 for 5), 'hex') from sealed.person_key"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(before);
        for (var node : List.of(guests, database(another(), SEALED))) {
            boolean allOpen = in(tenant, node, tx -> column(tx, "select id from guest").stream()
                    .allMatch(person -> nameOf(tx, person).equals("Name of " + person)));
            assertThat(allOpen).isTrue();
        }
    }

    private static List<String> column(Transaction tx, String query) {
        return tx.handle().createQuery(query).mapTo(String.class).list();
    }

    private static String nameOf(Transaction tx, String person) {
        return tx.sealOf(person)
                .open(Cell.of("guest", "name", person),
                        tx.handle()
                                .createQuery("select name from guest where id = :id")
                                .bind("id", person)
                                .mapTo(String.class)
                                .one());
    }

    private static void add(Transaction tx, String person) {
        tx.handle()
                .execute("insert into guest (id, name) values (?, ?)", person,
                        tx.sealOf(person).seal(Cell.of("guest", "name", person), "Name of " + person));
    }

    private static List<String> column(Tenant tenant, String query) {
        return NODE.asAdministrator(tenant.id(), handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private TenantDatabases another() {
        return TestClinics.in(RunningCluster.POSTGRES, any -> TestClinics.GUESTS);
    }

    private PluginDatabase database(TenantDatabases node, PluginId plugin) {
        return TestClinics.database(node, plugin, binding, clock);
    }

    private <T> T in(Tenant tenant, PluginDatabase database, Function<Transaction, T> work) {
        return binding.call(tenant, KnownTenant.practitioner("practitioner-1"),
                () -> database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Guest", "*"), work));
    }
}
