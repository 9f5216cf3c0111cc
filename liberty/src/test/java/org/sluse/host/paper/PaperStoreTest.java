// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.tenant.TenantId;
import org.sluse.testkit.ManualClock;

/** On a real control database. */
class PaperStoreTest {

    private static final AtomicInteger CLINICS = new AtomicInteger();

    /** Noon of 23 November 2026, UTC. */
    private final ManualClock clock = new ManualClock();
    private final ControlDatabase control = ControlDatabases.running(clock);
    private final PaperStore store = new PaperStore(control, clock);
    private final TenantId clinic = clinic();

    @Test
    void a_paper_comes_back_as_it_was_filed() {
        var paper = RequirementTest.paper("Record AS", Optional.of(LocalDate.parse("2028-03-11")), Optional.empty());

        store.add(clinic, paper);

        assertThat(store.all(clinic)).isEqualTo(List.of(paper));
        assertThat(store.all(clinic())).isEmpty();
    }

    @Test
    void a_paper_is_to_be_settled_on_the_day_after_its_last_and_once() {
        var paper = RequirementTest.paper("Record AS", Optional.of(LocalDate.parse("2026-11-23")), Optional.empty());
        store.add(clinic, paper);

        clock.advance(Duration.ofHours(12).minusNanos(1000));
        assertThat(store.unsettled()).doesNotContain(clinic);
        clock.advance(Duration.ofNanos(1000));
        assertThat(store.unsettled()).contains(clinic);
        assertThat(store.unsettled(clinic)).containsExactly(paper.id());

        store.settled(clinic, List.of(paper.id()));
        assertThat(store.unsettled()).doesNotContain(clinic);
    }

    @Test
    void a_paper_that_somebody_ended_is_to_be_settled_until_it_is() {
        var paper = RequirementTest.paper("Record AS", Optional.empty(), Optional.empty());
        store.add(clinic, paper);

        store.end(clinic(), paper.id());
        assertThat(store.unsettled(clinic)).isEmpty();

        store.end(clinic, paper.id());
        assertThat(store.all(clinic).getFirst().endedAt()).contains(clock.instant());
        assertThat(store.unsettled()).contains(clinic);
    }

    private TenantId clinic() {
        var id = new TenantId("papers-" + CLINICS.incrementAndGet());
        control.inTransaction("TEST", "Tenant", id.value(),
                handle -> handle.createUpdate(
                        "insert into tenant (id, name, location, created_at) values (:id, 'Clinic North', 'Frankfurt', :at)")
                        .bind("id", id.value())
                        .bind("at", Timestamp.from(clock.instant()))
                        .execute());
        return id;
    }
}
