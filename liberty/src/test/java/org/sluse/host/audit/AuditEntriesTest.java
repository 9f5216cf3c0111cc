// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.audit.AuditEntry.Outcome;
import org.sluse.host.audit.AuditEntries.Place;
import org.sluse.host.audit.AuditEntries.Row;
import org.sluse.host.audit.AuditEntries.Search;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.data.TestClinics;
import org.sluse.host.tenant.Binding;

import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;

/** Reading the trail. On a real PostgreSQL. */
class AuditEntriesTest {

    private static final int PAGE = 25;
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
    private static final Search EVERYTHING = Search.between(Instant.EPOCH, END);

    private final ManualClock clock = new ManualClock();
    private final Binding binding = new Binding();
    private final Tenant clinic = TestClinics.create();
    private final AuditEntries entries = new AuditEntries(TestClinics.ports(binding, clock));

    @Test
    void every_entry_is_on_one_page_though_all_are_of_one_moment() {
        for (var number = 0; number < 2 * PAGE + 10; number++) {
            write(AuditEntry.read("Note", "note-" + number));
        }

        var read = new ArrayList<String>();
        var place = Place.before(clock.instant().plusSeconds(1));
        for (var page = 0; page < 4; page++) {
            var rows = find(notes(EVERYTHING), place);
            rows.forEach(row -> read.add(row.objectId()));
            if (!rows.isEmpty()) {
                place = Place.after(rows.getLast());
            }
        }

        assertThat(read).hasSize(2 * PAGE + 10).doesNotHaveDuplicates().startsWith("note-59").endsWith("note-0");
    }

    @Test
    void each_search_finds_what_it_names_and_nothing_else() {
        write(AuditEntry.read("Note", "1").about("patient-1"));
        write(AuditEntry.list("Note").about("patient-2"));
        write(AuditEntry.of(AuditAction.CHANGE, "Note", "2").refused("forbidden"));
        clock.advance(Duration.ofHours(1));
        binding.run(clinic, Actor.timer("deliver"), () -> note(AuditEntry.of(AuditAction.DELETE, "Note", "3")));

        assertThat(ids(with(Set.of(AuditAction.CHANGE, AuditAction.DELETE), Optional.empty()))).containsExactly("3",
                "2");
        assertThat(ids(with(Set.of(AuditAction.READ), Optional.of(true)))).containsExactly("*");
        assertThat(ids(with(Set.of(AuditAction.READ), Optional.of(false)))).containsExactly("1");
        assertThat(ids(by("deliver", null, null, null))).containsExactly("3");
        assertThat(ids(by(null, "patient-1", null, null))).containsExactly("1");
        assertThat(ids(by(null, null, "patient-2", null))).as("whom it is about, as an object").containsExactly("*");
        assertThat(ids(by(null, null, "2", null))).containsExactly("2");
        assertThat(ids(by(null, null, null, Outcome.REFUSED))).containsExactly("2");
        assertThat(ids(Search.between(clock.instant(), END))).containsExactly("3");
        assertThat(ids(Search.between(Instant.EPOCH, clock.instant()))).as("the end is not within").hasSize(3);
    }

    @Test
    void an_entry_is_found_by_its_id_and_each_reading_is_an_entry() {
        write(AuditEntry.read("Note", "1").about("patient-1"));
        var row = find(EVERYTHING, Place.before(END)).getFirst();

        assertThat(asAdministrator(() -> entries.find(row.id()))).contains(row);
        assertThat(asAdministrator(() -> entries.find(row.id() + 1000))).isEmpty();

        assertThat(find(EVERYTHING, Place.before(END)))
                .extracting(one -> one.action() + " " + one.objectType() + " " + one.objectId())
                .containsExactly("READ Audit " + (row.id() + 1000), "READ Audit " + row.id(), "READ Audit *",
                        "READ Note 1");
    }

    @Test
    void what_is_about_a_person_is_found_by_the_person_and_by_what_is_the_persons_and_reading_it_is_about_them() {
        write(AuditEntry.read("Note", "1").about("patient-1"));
        write(AuditEntry.of(AuditAction.CHANGE, "Note", "of-1"));
        write(AuditEntry.read("Note", "2").about("patient-2"));

        var first = asAdministrator(
                () -> about("patient-1", Set.of("of-1")));
        var second = asAdministrator(
                () -> about("patient-1", Set.of("of-1")));

        assertThat(first).extracting(Row::objectId).containsExactly("of-1", "1");
        assertThat(second).as("an id that is no UUID may be a namesake's among the host's entries").isEqualTo(first);
    }

    @Test
    void of_a_person_with_a_uuid_the_hosts_own_entries_are_theirs_too() {
        var person = UUID.randomUUID().toString();
        write(AuditEntry.read("Note", person).about(person));

        asAdministrator(() -> about(person, Set.of(person)));

        assertThat(asAdministrator(() -> about(person, Set.of(person)))).extracting(Row::objectType)
                .as("each once, though it is found in two ways")
                .containsExactly("Audit", "Note");
        assertThat(find(EVERYTHING, Place.before(END)).get(1).patient()).as("reading is about them").contains(person);
    }

    @Test
    void what_another_plugin_has_under_the_same_number_is_somebody_elses() {
        write(AuditEntry.read("Note", "8").about("7"));
        write(AuditEntry.read("Note", "7").about("3"));
        binding.run(clinic, KnownTenant.practitioner("practitioner-1"), () -> {
            TestClinics.of(TestClinics.BETA, binding, clock)
                    .inTransaction(AuditEntry.read("Visit", "1").about("7"), tx -> true);
            TestClinics.ports(binding, clock)
                    .forPlugin(TenantDatabases.CORE)
                    .inTransaction(AuditEntry.read("Person", "2").about("7"), tx -> true);
        });

        assertThat(asAdministrator(() -> about("7", Set.of()))).extracting(Row::objectId).containsExactly("8");
    }

    private List<Row> about(String person, Set<String> objects) {
        return entries.about(TestClinics.ALPHA, person, objects, Place.before(END), PAGE);
    }

    @Test
    void somebody_of_the_clinic_has_a_name_and_roles_and_nobody_else_has() {
        var id = UUID.randomUUID();
        binding.run(clinic, KnownTenant.practitioner("p"), () -> TestClinics.ports(binding, clock)
                .forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.of(AuditAction.CREATE, "Staff", id.toString()), tx -> tx.handle()
                        .execute(
                                "insert into staff values (?, 'issuer', 'one', 'Practitioner 1', array['PRACTITIONER'])",
                                id)));
        binding.run(clinic, KnownTenant.practitioner(id.toString()), () -> note(AuditEntry.read("Note", "1")));
        write(AuditEntry.read("Note", "2"));

        var rows = find(notes(EVERYTHING), Place.before(END));

        assertThat(rows).extracting(Row::actorName).containsExactly(Optional.empty(), Optional.of("Practitioner 1"));
        assertThat(rows.getLast().actorRoles()).containsExactly("practitioner");
        assertThat(rows.getFirst().actorRoles()).isEmpty();
    }

    private List<String> ids(Search search) {
        return find(notes(search), Place.before(END)).stream().map(Row::objectId).toList();
    }

    private List<Row> find(Search search, Place before) {
        return asAdministrator(() -> entries.find(search, before, PAGE));
    }

    private static Search notes(Search search) {
        return new Search(search.from(), search.until(), search.actions(), search.lists(), search.actor(),
                search.patient(),
                search.object(), Optional.of(TestClinics.ALPHA), search.outcome(), false);
    }

    private static Search with(Set<AuditAction> actions, Optional<Boolean> lists) {
        return new Search(Instant.EPOCH, END, actions, lists, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), false);
    }

    private static Search by(@Nullable String actor, @Nullable String patient,
            @Nullable String object, @Nullable Outcome outcome) {
        return new Search(Instant.EPOCH, END, Set.of(), Optional.empty(), Optional.ofNullable(actor),
                Optional.ofNullable(patient),
                Optional.ofNullable(object), Optional.empty(), Optional.ofNullable(outcome), false);
    }

    private <T> T asAdministrator(Supplier<T> work) {
        return binding.call(clinic, KnownTenant.practitioner("administrator-1"), work::get);
    }

    private void write(AuditEntry entry) {
        binding.run(clinic, KnownTenant.practitioner("practitioner-1"), () -> note(entry));
    }

    private void note(AuditEntry entry) {
        TestClinics.of(TestClinics.ALPHA, binding, clock).inTransaction(entry, tx -> true);
    }
}
