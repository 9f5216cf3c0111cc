// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.epr.EprPlugin;
import org.sluse.host.audit.LinkedPersons.Person;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TestClinics;
import org.sluse.host.tenant.Binding;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.ManualClock;
import org.sluse.video.VideoPlugin;

/** Whom our two modules' links are about, by their data maps and tables. On a real PostgreSQL. */
class LinkedPersonsTest {

    private static final PluginId EPR = new PluginId("epr");
    private static final PluginId VIDEO = new PluginId("video");
    private static final Map<PluginId, DataMap> MAPS = Map.of(EPR, new EprPlugin().dataMap(), VIDEO,
            new VideoPlugin().dataMap());

    private final Binding binding = new Binding();
    private final DataPorts data = TestClinics.ports(binding, new ManualClock(), MAPS);
    private final Tenant clinic = TestClinics.create();

    @Test
    void the_link_of_a_questionnaire_is_its_patients_and_leads_to_everything_of_that_patient() {
        var patient = UUID.randomUUID();
        var linked = UUID.randomUUID();
        var earlier = UUID.randomUUID();
        write(EPR, handle -> {
            patient(handle, patient, linked, earlier);
            patient(handle, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        });

        assertThat(find(EPR, linked)).contains(person(patient, linked, earlier));
    }

    @Test
    void the_link_of_a_session_is_about_that_session_and_no_other() {
        var session = UUID.randomUUID();
        var participant = UUID.randomUUID();
        write(VIDEO, handle -> {
            session(handle, session, participant);
            session(handle, UUID.randomUUID(), UUID.randomUUID());
        });

        assertThat(find(VIDEO, participant)).contains(person(session, participant));
    }

    @Test
    void text_that_is_no_id_of_the_tables_kind_is_nobodys() {
        assertThat(find(VIDEO, "7")).isEmpty();
    }

    @Test
    void a_number_says_whose_it_is_where_one_table_has_numbers_and_leads_to_nothing_else_that_has_it() {
        var guests = KeptTable.of("guest", "kept.guests", new RetentionPeriod.Until("kept.until.asked"))
                .plain(KeptCategory.PSEUDONYM, "id")
                .ofPerson("id");
        var visits = KeptTable.of("visit", "kept.guests", new RetentionPeriod.With("guest"))
                .plain(KeptCategory.PSEUDONYM, "id", "guest_id")
                .ofPersonIn("guest", "guest_id");

        assertThat(numbered(DataMap.of(guests), "7")).contains(new Person("7", Set.of()));
        assertThat(numbered(DataMap.of(guests), "8")).isEmpty();
        assertThat(numbered(DataMap.of(guests), "seven")).isEmpty();
        assertThat(numbered(DataMap.of(guests, visits), "7")).as("guest 7, or visit 7 of guest 3").isEmpty();
    }

    /** Guests 3 and 7, and visit 7 of guest 3. */
    private Optional<Person> numbered(DataMap map, String object) {
        return binding.call(clinic, KnownTenant.practitioner("practitioner-1"), () -> data.forPlugin(EPR)
                .inTransaction(AuditEntry.list("Guest"), tx -> {
                    tx.handle().execute("create temporary table guest (id bigint primary key) on commit drop");
                    tx.handle()
                            .execute(
                                    "create temporary table visit (id bigint primary key, guest_id bigint) on commit drop");
                    tx.handle().execute("insert into guest values (3), (7)");
                    tx.handle().execute("insert into visit values (7, 3)");
                    return LinkedPersons.find(map, object, tx.handle());
                }));
    }

    @Test
    void the_link_of_something_that_was_erased_is_nobodys() {
        write(EPR, handle -> patient(handle, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()));

        assertThat(find(EPR, UUID.randomUUID())).isEmpty();
    }

    private interface Rows {

        void into(Handle handle);
    }

    private static Person person(UUID person, UUID... others) {
        var ids = new HashSet<String>();
        ids.add(person.toString());
        for (var other : others) {
            ids.add(other.toString());
        }
        return new Person(person.toString(), ids);
    }

    private Optional<Person> find(PluginId plugin, UUID object) {
        return find(plugin, object.toString());
    }

    private Optional<Person> find(PluginId plugin, String object) {
        return binding.call(clinic, KnownTenant.practitioner("practitioner-1"),
                () -> data.lookUp(plugin, handle -> LinkedPersons.find(MAPS.getOrDefault(plugin, DataMap.NOTHING),
                        object, handle)));
    }

    private void write(PluginId plugin, Rows rows) {
        binding.run(clinic, KnownTenant.practitioner("practitioner-1"), () -> data.forPlugin(plugin)
                .inTransaction(AuditEntry.of(AuditAction.CREATE, "Person", "*"), tx -> {
                    rows.into(tx.handle());
                    return true;
                }));
    }

    private static void patient(Handle handle, UUID patient, UUID... assessments) {
        handle.execute("insert into patient (id, number, name, since) values (?, ?, 'Patient', now())", patient,
                patient.toString());
        for (var assessment : assessments) {
            handle.execute(
                    """
                            insert into assessment (id, patient_id, instrument, instrument_version, language, practitioner, state, assigned_at, expires_at)
                            values (?, ?, 'gad-7', '1.0.0', 'en', 'practitioner-1', 'ASSIGNED', now(), now())""",
                    assessment, patient);
            handle.execute("insert into answer values (?, 'item', 'code')", assessment);
        }
    }

    private static void session(Handle handle, UUID session, UUID participant) {
        handle.execute("""
                insert into session (id, room, host_id, host_in_room, patient_label, starts_at, minutes, state)
                values (?, ?, 'practitioner-1', 'host', 'Patient', now(), 50, 'OPEN')""", session, session.toString());
        handle.execute(
                """
                        insert into participant (id, session_id, in_room, display_name, admission) values (?, ?, ?, 'Kari', 'INVITED')""",
                participant, session, participant.toString());
    }
}
