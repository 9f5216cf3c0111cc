// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sluse.host.config.HostSettings;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.text.Language;
import org.sluse.host.location.TestLocations;
import org.sluse.host.text.Texts;
import org.sluse.problem.SeenVersion;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

/** On a real control database. */
class OperatorRegisterTest {

    private static final ManualClock CLOCK = new ManualClock();
    private static final ControlDatabase CONTROL = ControlDatabases.running(CLOCK);

    private final RegisterStore store = new RegisterStore(CONTROL, new RegisterSeal(CONTROL, RunningCluster.VAULT),
            RegisterBeans.json(), CLOCK);
    private final TenantId clinic = new TenantId("operated-" + UUID.randomUUID().toString().substring(0, 8));
    private final String module = "module" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void says_for_whom_what_is_done_and_who_receives_it_as_the_clinics_own_register_does() {
        opened();
        store.describe(module, new RegisterStore.Jar("a", HistoryTest.manifest("things")));
        store.receives(clinic, module,
                new RegisterStore.Recipients(HistoryTest.recipients(module, 1), Optional.empty()));
        store.enter(clinic, SeenVersion.of("*"),
                new Controller("Clinic North AS", "Street 1", "post@clinic.example", "", ""));
        toggle();

        var row = register(Map.of()).page(List.of(clinic), false, Language.EN).rows().getFirst();

        var own = store.upToDate(clinic).getLast();
        assertThat(row.revision()).isEqualTo(own.number());
        assertThat(row.controller().name()).isEqualTo("Clinic North AS");
        assertThat(row.categories()).singleElement().satisfies(category -> {
            assertThat(category.module()).isEqualTo(module);
            assertThat(category.recipients()).extracting(RegisterView.RecipientRow::name)
                    .isEqualTo(store.document(own)
                            .activities()
                            .getFirst()
                            .recipients()
                            .stream()
                            .map(RegisterDocument.RecipientEntry::name)
                            .toList());
        });
    }

    @Test
    void a_clinic_with_everything_off_is_in_it_with_nothing() {
        opened();

        var page = register(Map.of()).page(List.of(clinic), true, Language.NB);

        assertThat(page.more()).isTrue();
        assertThat(page.rows()).singleElement().satisfies(row -> assertThat(row.categories()).isEmpty());
        assertThat(page.measures()).isNotEmpty();
    }

    @Test
    void says_who_the_operator_is_as_far_as_it_is_configured() {
        var page = register(Map.of("sluse.processor.name", " Operations AS ", "sluse.processor.contact",
                "post@operations.example")).page(List.of(), false, Language.EN);

        assertThat(page.processor())
                .isEqualTo(new Controller("Operations AS", "", "post@operations.example", "", ""));
    }

    private OperatorRegister register(Map<String, String> settings) {
        return new OperatorRegister(store,
                new HostDeclaration(name -> Optional.ofNullable(settings.get(name)),
                        new HostSettings(Path.of("data"), URI.create("http://127.0.0.1"), Optional.empty(), false, true,
                                100,
                                "Oslo", Path.of("unused")),
                        TestLocations.of("Oslo", settings),
                        new Texts()));
    }

    private void opened() {
        CONTROL.inTransaction("TEST", "Tenant", clinic.value(),
                handle -> handle.createUpdate(
                        "insert into tenant (id, name, location, created_at) values (:id, 'Clinic North', 'Frankfurt', :at)")
                        .bind("id", clinic.value())
                        .bind("at", Timestamp.from(CLOCK.instant()))
                        .execute());
        CLOCK.advance(java.time.Duration.ofSeconds(1));
    }

    private void toggle() {
        CONTROL.inTransaction("TEST", "Module", clinic.value(),
                handle -> handle.createUpdate(
                        "insert into toggle (tenant, plugin, state, revision, at, actor) values (:tenant, :plugin, 'ON', :revision, :at, 'test')")
                        .bind("tenant", clinic.value())
                        .bind("plugin", module)
                        .bind("revision", ControlDatabase.nextRevision(handle))
                        .bind("at", Timestamp.from(CLOCK.instant()))
                        .execute());
    }
}
