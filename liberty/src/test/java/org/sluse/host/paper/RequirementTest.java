// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;

class RequirementTest {

    private static final PluginId PLUGIN = new PluginId("epr");
    private static final String SHA_256 = "0f".repeat(32);
    private static final LocalDate FIRST = LocalDate.parse("2026-03-12");
    private static final LocalDate LAST = LocalDate.parse("2026-11-25");

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({"NO,CONTACT,AGREEMENT", "NO,ASSESSMENT,AGREEMENT RISK_ASSESSMENT",
            "US,CONTACT,AGREEMENT TRANSFER_BASIS",
            "CH,ASSESSMENT,AGREEMENT RISK_ASSESSMENT TRANSFER_BASIS"})
    void what_a_recipient_needs_follows_from_its_country_and_its_data(String country, DataCategory category,
            String kinds) {
        assertThat(required(recipient("Record AS", country, category), LAST)).extracting(one -> one.kind().name())
                .containsExactly(kinds.split(" "));
    }

    @ParameterizedTest(name = "on {0}: {1}")
    @CsvSource({"2026-03-11,NOT_YET", "2026-03-12,HOLDS", "2026-11-25,HOLDS", "2026-11-26,ENDED"})
    void a_paper_holds_from_its_first_day_to_its_last(LocalDate day, Requirement.State state) {
        assertThat(state(day, paper("Record AS", Optional.of(LAST), Optional.empty()))).isEqualTo(state);
    }

    @Test
    void a_paper_without_a_last_day_holds_until_somebody_ends_it() {
        var later = LAST.plusYears(30);

        assertThat(state(later, paper("Record AS", Optional.empty(), Optional.empty())))
                .isEqualTo(Requirement.State.HOLDS);
        assertThat(state(later, paper("Record AS", Optional.empty(), Optional.of(Instant.EPOCH))))
                .isEqualTo(Requirement.State.ENDED);
    }

    @Test
    void a_paper_with_one_company_is_none_with_another() {
        assertThat(state(LAST, paper("Other AS", Optional.empty(), Optional.empty())))
                .isEqualTo(Requirement.State.MISSING);
    }

    @Test
    void the_one_that_holds_counts_whatever_ended_beside_it() {
        var holds = paper("Record AS", Optional.of(LAST), Optional.empty());

        assertThat(state(LAST, paper("Record AS", Optional.empty(), Optional.of(Instant.EPOCH)), holds,
                paper("Record AS", Optional.of(FIRST), Optional.empty()))).isEqualTo(Requirement.State.HOLDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0f", "0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F",
            "contract.pdf"})
    void a_fingerprint_that_is_none_is_refused(String sha256) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Paper.Terms("1.0", "Manager 1", FIRST, Optional.empty(), sha256))
                .withMessageContaining("right would be 64 digits");
    }

    @Test
    void a_paper_that_ends_before_it_begins_or_names_nobody_is_refused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Paper.Terms("1.0", "Manager 1", LAST, Optional.of(FIRST), SHA_256));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Paper.Terms("1.0", "  ", FIRST, Optional.empty(), SHA_256));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Paper.Terms("1.0", "Manager 1", LocalDate.of(20266, 1, 1), Optional.empty(),
                        SHA_256));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Paper.Terms("1".repeat(41), "Manager 1", FIRST, Optional.empty(), SHA_256));
    }

    private static Requirement.State state(LocalDate day, Paper... papers) {
        return required(recipient("Record AS", "NO", DataCategory.CONTACT), day, papers).getFirst().state();
    }

    private static List<Requirement> required(Recipient recipient, LocalDate day, Paper... papers) {
        return Requirement.of(PLUGIN, List.of(recipient), List.of(papers), day);
    }

    static Paper paper(String party, Optional<LocalDate> last, Optional<Instant> endedAt) {
        return new Paper(UUID.randomUUID(), PLUGIN, "epr", party, PaperKind.AGREEMENT,
                new Paper.Terms("1.0", "Manager 1", FIRST, last, SHA_256), endedAt);
    }

    private static Recipient recipient(String name, String country, DataCategory category) {
        return new Recipient("epr", name, "Street 1", country, "service", "basis", Set.of(category),
                List.of(URI.create("https://record.example")), Map.of(), List.of(), List.of());
    }
}
