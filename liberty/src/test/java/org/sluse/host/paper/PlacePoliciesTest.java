// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.location.Placement;
import org.sluse.host.location.TestLocations;
import org.sluse.host.tenant.TestTenants;
import org.sluse.problem.ProblemException;
import org.sluse.testkit.ManualClock;

class PlacePoliciesTest {

    private static final LocalDate TODAY = LocalDate.ofInstant(ManualClock.NOON, java.time.ZoneOffset.UTC);

    private final ManualClock clock = new ManualClock();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final PaperStore store = new PaperStore(control, clock);
    private final PlacePolicies policies = TestPolicies.in(control, clock);

    @Test
    void a_place_in_the_eea_with_backups_in_another_needs_nothing() {
        var placement = placement(Map.of("sluse.location.oslo.backups-in", "Hamina"));

        assertThat(Requirement.of(placement, List.of(), TODAY)).isEmpty();
        policies.require(placement, List.of(), Optional.empty());
        refused(placement, terms(TODAY), "Nothing about this place needs a policy; right would be to leave it out");
    }

    @Test
    void a_place_outside_the_eea_is_refused_without_a_policy() {
        refused(placement(Map.of("sluse.location.oslo.backups-in", "Hamina", "sluse.location.hamina.country", "US")),
                Optional.empty(),
                "Hamina (US) lies outside the EEA. That needs the clinic's own policy in writing; right would be its version, signer, day and SHA-256, holding today, or another location");
    }

    @Test
    void backups_beside_the_data_are_refused_without_a_policy() {
        refused(placement(Map.of("sluse.location.oslo.backups-in", "Oslo")), Optional.empty(),
                "Backups lie in Oslo (NO), where the data rests. That needs the clinic's own policy in writing; right would be its version, signer, day and SHA-256, holding today, or another location");
    }

    @Test
    void a_policy_that_does_not_hold_yet_is_none() {
        assertThatThrownBy(() -> policies.require(placement(Map.of("sluse.location.oslo.backups-in", "Oslo")),
                List.of(), terms(TODAY.plusDays(1)))).isInstanceOf(ProblemException.class);
    }

    @Test
    void one_document_is_filed_for_each_thing_that_needs_it_with_the_clinic() {
        var placement = placement(
                Map.of("sluse.location.oslo.backups-in", "Oslo", "sluse.location.oslo.country", "CH"));
        var policy = policies.require(placement, List.of(), terms(TODAY));

        var clinic = TestTenants.in(control, clock)
                .create("Policies", (handle, tenant) -> policy.file(handle, tenant.id()))
                .id();

        assertThat(store.all(clinic)).extracting(Paper::kind)
                .containsExactlyInAnyOrder(PaperKind.PLACE_OUTSIDE_EEA, PaperKind.BACKUPS_BESIDE_DATA);
        assertThat(Requirement.of(placement, store.all(clinic), TODAY)).extracting(Requirement::state)
                .containsOnly(Requirement.State.HOLDS);
        policies.require(placement, store.all(clinic), Optional.empty());
        assertThat(Requirement.of(placement(
                Map.of("sluse.location.oslo.backups-in", "Oslo", "sluse.location.oslo.country", "US")),
                store.all(clinic), TODAY)).extracting(Requirement::state).contains(Requirement.State.MISSING);
    }

    private void refused(Placement placement, Optional<Paper.Terms> policy, String why) {
        assertThatThrownBy(() -> policies.require(placement, List.of(), policy)).isInstanceOfSatisfying(
                ProblemException.class, problem -> assertThat(problem.errors().getFirst().detail()).isEqualTo(why));
    }

    private static Optional<Paper.Terms> terms(LocalDate signed) {
        return Optional
                .of(new Paper.Terms("1.0", "Manager 1", signed, Optional.empty(), "0f".repeat(32)));
    }

    /** Of a clinic in Oslo, with backups. */
    private static Placement placement(Map<String, String> settings) {
        var all = new java.util.HashMap<>(Map.of("sluse.locations", "Oslo, Hamina", "sluse.location.hamina.country",
                "FI", "sluse.backup.place", "/mnt/backups"));
        all.putAll(settings);
        var locations = TestLocations.of("Oslo", all);
        return locations.placement(locations.own());
    }
}
