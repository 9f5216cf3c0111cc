// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.host.data.TestClinics;
import org.sluse.host.disclosure.Ledger.Outcome;
import org.sluse.host.disclosure.Ledger.Search;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** On a real PostgreSQL. */
class LedgerTest {

    private static final int PAGE = 50;
    private static final Search EVERYTHING = new Search(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"),
            Optional.empty(), Optional.empty(), Optional.empty());

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final PlantedRows rows = new PlantedRows(binding, clock);
    private final Ledger ledger = rows.ledger();

    @Test
    void every_row_is_on_one_page_though_all_are_of_one_moment() {
        binding.run(TestClinics.create(), KnownTenant.practitioner("practitioner-1"), () -> {
            var written = new HashSet<UUID>();
            for (var row = 0; row < 2 * PAGE + 10; row++) {
                written.add(begin("epr", "Record", "SENDING"));
            }

            var read = new HashSet<UUID>();
            var place = Ledger.Place.before(clock.instant().plusSeconds(1));
            for (var page = 0; page < 3; page++) {
                for (var row : ledger.find(EVERYTHING, place, PAGE)) {
                    assertThat(read.add(row.id())).as("a row twice").isTrue();
                    place = new Ledger.Place(row.at(), row.id());
                }
            }

            assertThat(read).isEqualTo(written);
            assertThat(ledger.find(EVERYTHING, place, PAGE)).isEmpty();
        });
    }

    @Test
    void a_row_says_who_received_how_much_of_what_about_whom_and_nothing_of_its_content() {
        binding.run(TestClinics.create(), KnownTenant.practitioner("practitioner-1"), () -> {
            var id = ledger.begin(new PluginId("epr"), "record", "Record AS",
                    Set.of(DataCategory.IDENTITY, DataCategory.ASSESSMENT), 120, Optional.of("patient-1"), 7);
            ledger.end(id, "201", 118);
            ledger.refuse(new PluginId("epr"), "record", "Record AS", Set.of(), Optional.of("patient-1"), 7,
                    Reason.MODULE_OFF);

            var row = all().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
            assertThat(row).isEqualTo(new Ledger.Row(id, clock.instant(), "record", "Record AS", "epr",
                    List.of("ASSESSMENT", "IDENTITY"), 118, row.subject(), 7, "201", Outcome.SENT));
            assertThat(row.subject()).hasValueSatisfying(
                    subject -> assertThat(subject).hasSize(12).doesNotContain("patient"));
            assertThat(all()).extracting(Ledger.Row::subject).as("the same person").containsOnly(row.subject());
        });
    }

    @ParameterizedTest
    @CsvSource({"SENDING, SENDING, true", "200, SENT, true", "CLOSED, SENT, true", "404, NOT_TAKEN, true",
            "503, NOT_TAKEN, true", "NOT_SENT, NOT_TAKEN, false", "NO_ANSWER, NO_ANSWER, true",
            "MODULE_OFF, REFUSED, false", "CATEGORY_NOT_GRANTED, REFUSED, false"})
    void each_code_has_an_outcome_by_which_it_is_found(String result, Outcome outcome, boolean hasLeft) {
        binding.run(TestClinics.create(), KnownTenant.practitioner("practitioner-1"), () -> {
            var id = begin("epr", "Record", result);

            var found = find(Optional.empty(), Optional.empty(), Optional.of(outcome));

            assertThat(found).extracting(Ledger.Row::id).containsExactly(id);
            assertThat(found.getFirst().hasLeft()).isEqualTo(hasLeft);
            assertThat(ledger.hasReceived("epr", "record", "Record", Instant.EPOCH)).isEqualTo(hasLeft);
            for (var other : Outcome.values()) {
                assertThat(find(Optional.empty(), Optional.empty(), Optional.of(other)).isEmpty())
                        .as(other.name())
                        .isEqualTo(other != outcome);
            }
        });
    }

    @Test
    void a_search_is_by_module_by_a_part_of_the_name_and_by_time() {
        binding.run(TestClinics.create(), KnownTenant.practitioner("practitioner-1"), () -> {
            var early = begin("epr", "Record of the North", "200");
            clock.advance(Duration.ofHours(1));
            var late = begin("video", "100%_Video AS", "200");

            assertThat(ids(find(Optional.of("epr"), Optional.empty(), Optional.empty()))).containsExactly(early);
            assertThat(ids(find(Optional.empty(), Optional.of("of the nORTH"), Optional.empty())))
                    .containsExactly(early);
            assertThat(ids(find(Optional.empty(), Optional.of("0%_v"), Optional.empty()))).containsExactly(late);
            assertThat(ids(find(Optional.empty(), Optional.of("%"), Optional.empty())))
                    .as("no sign stands for another")
                    .containsExactly(late);
            assertThat(ids(find(Optional.empty(), Optional.of("record"), Optional.empty())))
                    .as("by its id too")
                    .containsExactly(late, early);
            var then = new Search(clock.instant(), clock.instant().plusSeconds(1), Optional.empty(), Optional.empty(),
                    Optional.empty());
            assertThat(ids(ledger.find(then, Ledger.Place.before(clock.instant().plusSeconds(1)), PAGE)))
                    .containsExactly(late);
        });
    }

    @Test
    void an_export_holds_every_row_however_many_there_are_and_no_formula() throws IOException {
        binding.<Void, IOException>call(TestClinics.create(), KnownTenant.practitioner("practitioner-1"), () -> {
            for (var row = 0; row < LedgerExport.PIECE + 2; row++) {
                begin("epr", "=1+1", "200");
            }
            var export = new LedgerExport(ledger, JsonMapper.builder().findAndAddModules().build());
            var before = Ledger.Place.before(clock.instant().plusSeconds(1));
            var csv = new ByteArrayOutputStream();
            var json = new ByteArrayOutputStream();

            export.csv(binding.tenant().id(), EVERYTHING, before).write(csv);
            export.json(binding.tenant().id(), EVERYTHING, before).write(json);

            assertThat(csv.toString(StandardCharsets.UTF_8).split("\r\n")).hasSize(LedgerExport.PIECE + 3)
                    .startsWith(
                            "tenant,id,at,module,recipientId,recipient,categories,bytes,subject,revision,result,outcome");
            assertThat(csv.toString(StandardCharsets.UTF_8)).contains("\"'=1+1\"").doesNotContain("\"=1+1\"");
            var read = new ObjectMapper().readTree(json.toByteArray());
            assertThat(read.get("tenant").asText()).isEqualTo(binding.tenant().id().value());
            assertThat(read.get("rows")).hasSize(LedgerExport.PIECE + 2);
            assertThat(new HashSet<>(read.get("rows").findValuesAsText("id"))).hasSize(LedgerExport.PIECE + 2);
            return null;
        });
    }

    private UUID begin(String plugin, String name, String result) {
        return rows.plant(plugin, "record", name, Set.of(), 1, result);
    }

    private List<Ledger.Row> all() {
        return ledger.find(EVERYTHING, Ledger.Place.before(clock.instant().plusSeconds(1)), PAGE);
    }

    private List<Ledger.Row> find(Optional<String> module, Optional<String> recipient, Optional<Outcome> outcome) {
        return ledger.find(new Search(Instant.EPOCH, clock.instant().plusSeconds(1), module, recipient, outcome),
                Ledger.Place.before(clock.instant().plusSeconds(1)), PAGE);
    }

    private static List<UUID> ids(List<Ledger.Row> rows) {
        return rows.stream().map(Ledger.Row::id).toList();
    }
}
