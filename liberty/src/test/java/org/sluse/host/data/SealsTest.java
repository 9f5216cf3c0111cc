// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.Cell;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
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

    private static final DataMap GUESTS = DataMap.of(
            KeptTable.of("guest", "kept.guests", new RetentionPeriod.Until("kept.until.asked"))
                    .plain(KeptCategory.PSEUDONYM, "id")
                    .indexed(KeptCategory.IDENTITY, "name")
                    .sealed(KeptCategory.ASSESSMENT, "wish")
                    .ofPerson("id"),
            KeptTable.of("visit", "kept.guests", new RetentionPeriod.With("guest"))
                    .plain(KeptCategory.PSEUDONYM, "guest_id")
                    .plain(KeptCategory.NONE, "day")
                    .sealed(KeptCategory.ASSESSMENT, "remark")
                    .ofPersonIn("guest", "guest_id"));
    private static final PluginId SEALED = new PluginId("sealed");
    private static final PluginId TWIN = new PluginId("twin");
    private static final TenantDatabases NODE = TestClinics.in(RunningCluster.POSTGRES, any -> GUESTS);

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
        var bytes = java.util.Base64.getUrlDecoder().decode(sealed.substring(3));
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return sealed.substring(0, 3) + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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

    private TenantDatabases another() {
        return TestClinics.in(RunningCluster.POSTGRES, any -> GUESTS);
    }

    private PluginDatabase database(TenantDatabases node, PluginId plugin) {
        return TestClinics.database(node, plugin, binding, clock);
    }

    private <T> T in(Tenant tenant, PluginDatabase database, Function<Transaction, T> work) {
        return binding.call(tenant, KnownTenant.practitioner("practitioner-1"),
                () -> database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Guest", "*"), work));
    }
}
