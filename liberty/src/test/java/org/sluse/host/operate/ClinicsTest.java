// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.testkit.ManualClock;

/** On a real control database with 10,000 clinics. */
class ClinicsTest {

    private static final ControlDatabase CONTROL = ControlDatabases.running(new ManualClock());
    private static final int CLINICS = 10_000;

    @Test
    void pages_follow_each_other_without_a_gap() {
        among10000(handle -> {
            var first = Clinics.page(handle, "", "mass-", 51);
            var second = Clinics.page(handle, "", first.getLast().id().value(), 51);

            assertThat(first).hasSize(51);
            assertThat(first.getFirst().id().value()).isEqualTo("mass-00001");
            assertThat(second.getFirst().id().value()).isEqualTo("mass-00052");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mass-05000", "mass-09900"})
    void a_page_reads_no_more_rows_than_it_gives_wherever_it_is(String after) {
        among10000(handle -> assertThat(rowsRead(handle, Clinics.PAGE, "", after)).isLessThanOrEqualTo(51));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Praxis 04711", "04711"})
    void of_a_rare_word_only_the_clinics_are_read_that_have_it(String search) {
        among10000(handle -> {
            assertThat(Clinics.page(handle, search, "", 51)).singleElement()
                    .satisfies(one -> assertThat(one.id().value()).isEqualTo("mass-04711"));
            assertThat(rowsRead(handle, Clinics.COUNT, search, "")).isLessThanOrEqualTo(10);
            assertThat(rowsRead(handle, Clinics.BY_WORDS, search, "")).isLessThanOrEqualTo(10);
        });
    }

    @Test
    void of_a_word_that_all_have_about_as_many_are_read_as_are_shown() {
        among10000(handle -> {
            assertThat(Clinics.page(handle, "praxis", "mass-05000", 51)).hasSize(51);
            assertThat(rowsRead(handle, Clinics.BY_ORDER, "praxis", "mass-05000")).isLessThan(200);
            assertThat(heapRowsOf(handle, Clinics.COUNT, "praxis")).isLessThanOrEqualTo(Clinics.FEW + 1);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"Müßig", "mussig", "MÜSS", "praxis müßig", "muss north"})
    void a_clinic_is_found_by_beginnings_of_its_words_however_they_are_written(String search) {
        CONTROL.write(handle -> {
            handle.execute("insert into tenant (id, name, location, created_at) values (?, ?, 'Frankfurt', now())",
                    "praxis-mussig-north", "Praxis Müßig North");
            assertThat(Clinics.page(handle, search, "", 51)).extracting(one -> one.id().value())
                    .containsExactly("praxis-mussig-north");
            return handle.rollback();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "' or 1=1 --", "a & | ( :*", "\\", "😀", "zzzz nothing"})
    void what_nobody_is_called_finds_nobody_and_breaks_nothing(String search) {
        assertThat(CONTROL.<List<Clinics.Row>>read(handle -> Clinics.page(handle, search, "", 51))).isEmpty();
    }

    /** Gone when the test is over: others count the clinics there are. As the owner, who alone may have statistics made. */
    private static void among10000(Consumer<Handle> test) {
        try (var handle = RunningCluster.POSTGRES.open("sluse_control")) {
            handle.begin();
            handle.execute(
                    """
                            insert into tenant (id, name, location, created_at)
                            select 'mass-' || lpad(number::text, 5, '0'), 'Praxis ' || lpad(number::text, 5, '0'), 'Frankfurt', now()
                            from generate_series(1, ?) number""",
                    CLINICS);
            handle.execute("analyze tenant");
            test.accept(handle);
            handle.rollback();
        }
    }

    /** What PostgreSQL says that it has read, those rows too that it threw away. */
    private static long rowsRead(Handle handle, String sql, String search, String after) {
        return Plans.rowsRead(plan(handle, sql, search, after));
    }

    /** Of a plan that looks into an index first: how many clinics it has then read. */
    private static long heapRowsOf(Handle handle, String sql, String search) {
        return plan(handle, sql, search, "").findParents("Relation Name")
                .stream()
                .mapToLong(node -> node.get("Actual Rows").asLong())
                .max()
                .orElseThrow();
    }

    private static JsonNode plan(Handle handle, String sql, String search, String after) {
        var query = handle.createQuery("explain (analyze, format json) " + sql);
        if (sql.contains(":after")) {
            query.bind("after", after).bind("most", 51);
        } else if (sql.contains(":few")) {
            query.bind("few", Clinics.FEW + 1);
        }
        if (!search.isEmpty()) {
            query.bind("words", Clinics.words(search));
        }
        return Plans.read(query.mapTo(String.class).one());
    }
}
