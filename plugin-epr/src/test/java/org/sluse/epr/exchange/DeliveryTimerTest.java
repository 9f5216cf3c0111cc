// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.Clinic;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.exchange.Delivery.State;
import org.sluse.epr.exchange.EprSystem.Finding;
import org.sluse.epr.exchange.EprSystem.Outcome;
import org.sluse.epr.patient.Patient;
import org.sluse.epr.patient.PatientsAtHand;

class DeliveryTimerTest {

    private static final int[] MILD = {1, 1, 1, 2, 2, 0, 0, 1, 0};

    private final List<String> woken = new ArrayList<>();
    private final Clinic clinic = new Clinic((one, listener) -> (tx, assessment) -> {
        listener.completed(tx, assessment);
        new Outbox(woken::add, one.clock, one.ids, (form, response) -> List.of()).completed(tx, assessment);
    });
    private final ScriptedRecord record = new ScriptedRecord();
    private final Completions completions = new Completions(clinic.assessments, clinic.formAssessments);
    private final DeliveryTimer timer = new DeliveryTimer(clinic.database, completions, clinic.patients,
            clinic.changes, record, clinic.clock);
    private final Deliveries deliveries = new Deliveries(clinic.database, clinic.tenant, completions,
            clinic.patients, clinic.changes, record,
            woken::add, clinic.clock);

    /** A record that does what a test says, then accepts. Keeps what arrived. */
    private static final class ScriptedRecord implements EprSystem {

        private final Deque<Outcome> script = new ArrayDeque<>();
        private final List<UUID> arrived = new ArrayList<>();
        private int sent;
        private boolean storesBeforeSilence;

        @Override
        public String message(Completed completed, Patient patient) {
            return "message about " + patient.number();
        }

        @Override
        public Outcome send(Completed completed, Patient patient) {
            sent++;
            var outcome = script.isEmpty() ? new Outcome.Accepted("Observation/" + sent) : script.pop();
            if (outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unknown && storesBeforeSilence) {
                arrived.add(completed.id());
            }
            return outcome;
        }

        @Override
        public Finding find(Completed completed, Patient patient) {
            return arrived.contains(completed.id())
                    ? new Finding.There("QuestionnaireResponse/1")
                    : new Finding.NotThere();
        }
    }

    private Delivery delivery(Assessment assessment) {
        return deliveries.ofAssessment(assessment.id().toString()).getFirst().delivery();
    }

    private void run() {
        timer.run(clinic.clock.instant());
    }

    private void runAfter(Duration time) {
        clinic.clock.advance(time);
        run();
    }

    @Test
    void a_completed_assessment_is_queued_with_it_and_the_timer_woken() {
        var sent = clinic.answered(clinic.patient("17"), MILD);

        assertThat(delivery(sent).state()).isEqualTo(State.QUEUED);
        assertThat(woken).containsExactly("deliver");
    }

    @Test
    void what_is_delivered_is_not_sent_again() {
        var sent = clinic.answered(clinic.patient("17"), MILD);
        run();

        runAfter(Duration.ofDays(1));

        assertThat(delivery(sent)).satisfies(one -> {
            assertThat(one.state()).isEqualTo(State.DELIVERED);
            assertThat(one.location()).hasValue("Observation/1");
        });
        assertThat(record.sent).isEqualTo(1);
    }

    @Test
    void what_is_in_the_record_keeps_the_number_that_it_came_with_and_what_is_not_goes_with_the_right_one() {
        var patient = clinic.patient("71");
        var delivered = clinic.answered(patient, MILD);
        run();
        record.script.add(new Outcome.NoMatch(false));
        var parked = clinic.answered(patient, MILD);
        run();

        PatientsAtHand.correct(clinic.patients, patient, "17");

        assertThat(delivery(delivered).sentNumber()).hasValue("71");
        assertThat(message(delivered)).isEqualTo("message about 71");
        assertThat(delivery(parked).sentNumber()).hasValue("71");
        deliveries.resend(delivery(parked).id().toString());
        run();
        assertThat(delivery(parked)).satisfies(one -> {
            assertThat(one.state()).isEqualTo(State.DELIVERED);
            assertThat(one.sentNumber()).hasValue("17");
        });
        assertThat(message(parked)).isEqualTo("message about 17");
    }

    private String message(Assessment assessment) {
        return deliveries.message(delivery(assessment).id().toString());
    }

    @Nested
    class When_the_record_is_down {

        private final Assessment first = clinic.answered(clinic.patient("17"), MILD);

        @Test
        void it_is_sent_later_and_arrives_once() {
            record.script.add(new Outcome.TryLater("", Optional.empty()));
            run();
            assertThat(delivery(first).state()).isEqualTo(State.WAITING);

            runAfter(Duration.ofSeconds(7));

            assertThat(delivery(first).state()).isEqualTo(State.DELIVERED);
            assertThat(record.arrived).containsExactly(first.id());
        }

        @Test
        void the_wish_to_come_back_later_is_respected() {
            record.script.add(new Outcome.TryLater("HTTP 503", Optional.of(Duration.ofMinutes(10))));
            run();

            runAfter(Duration.ofMinutes(9));
            assertThat(record.sent).isEqualTo(1);

            runAfter(Duration.ofMinutes(1));
            assertThat(delivery(first).state()).isEqualTo(State.DELIVERED);
        }

        @Test
        void later_ones_of_the_same_patient_wait_behind_it() {
            record.script.add(new Outcome.TryLater("", Optional.empty()));
            run();
            var second = clinic.answered(first.patient().toString(), MILD);

            run();
            assertThat(record.arrived).isEmpty();

            runAfter(Duration.ofSeconds(7));
            assertThat(record.arrived).containsExactly(first.id(), second.id());
        }

        @Test
        void it_is_kept_for_a_person_after_twelve_attempts() {
            for (var i = 0; i < 20; i++) {
                record.script.add(new Outcome.TryLater("", Optional.empty()));
                runAfter(Duration.ofHours(8));
            }

            assertThat(delivery(first).state()).isEqualTo(State.GIVEN_UP);
            assertThat(record.sent).isEqualTo(12);
        }
    }

    @Nested
    class When_the_answer_is_lost {

        private final Assessment sent = clinic.answered(clinic.patient("17"), MILD);

        @Test
        void it_is_looked_for_and_not_sent_again_when_it_had_arrived() {
            record.storesBeforeSilence = true;
            record.script.add(new Outcome.Unknown(""));
            run();
            assertThat(delivery(sent).state()).isEqualTo(State.UNKNOWN);

            runAfter(Duration.ofSeconds(7));

            assertThat(delivery(sent).state()).isEqualTo(State.DELIVERED);
            assertThat(delivery(sent).life()).extracting(Delivery.Event::what)
                    .endsWith("no-answer", "looked-and-found");
            assertThat(record.sent).isEqualTo(1);
        }

        @Test
        void it_is_sent_again_when_it_had_not() {
            record.script.add(new Outcome.Unknown(""));
            run();

            runAfter(Duration.ofSeconds(7));

            assertThat(delivery(sent).life()).extracting(Delivery.Event::what)
                    .endsWith("no-answer", "looked-and-not-found", "accepted");
            assertThat(record.arrived).containsExactly(sent.id());
        }
    }

    @Nested
    class When_a_person_is_needed {

        private final Assessment sent = clinic.answered(clinic.patient("17"), MILD);

        @Test
        void whose_deliveries_are_listed_has_an_entry_of_it_and_what_needs_nobody_is_not_read() {
            var ofPatient = AuditEntry.list("Delivery").about(sent.patient().toString());
            var before = clinic.database.audit().size();

            deliveries.stopped();
            deliveries.list();

            assertThat(clinic.database.audit().subList(before, clinic.database.audit().size())).containsExactly(
                    AuditEntry.list("Delivery"), AuditEntry.list("Delivery"), ofPatient);
        }

        @Test
        void a_number_that_nobody_has_is_parked_and_holds_back_the_next() {
            record.script.add(new Outcome.NoMatch(false));
            run();
            var next = clinic.answered(sent.patient().toString(), MILD);

            runAfter(Duration.ofDays(1));

            assertThat(delivery(sent).state()).isEqualTo(State.PARKED);
            assertThat(record.sent).isEqualTo(1);
            assertThat(deliveries.list()).filteredOn(Deliveries.Shown::heldBack)
                    .extracting(shown -> shown.delivery().assessment())
                    .containsExactly(next.id());
            assertThat(deliveries.stopped()).extracting(DeliveryView::reason).containsExactly(Optional.of("no-match"));
        }

        @Test
        void the_pages_of_whoever_treats_the_patient_are_told_and_told_again_when_somebody_has_decided() {
            var before = clinic.changes.now().needs();
            record.script.add(new Outcome.NoMatch(false));
            run();
            var parked = clinic.changes.now().needs();
            deliveries.resend(delivery(sent).id().toString());

            assertThat(parked).isGreaterThan(before);
            assertThat(clinic.changes.now().needs()).isGreaterThan(parked);
        }

        @Test
        void a_refusal_keeps_the_words_of_the_record_and_waits_to_be_sent_again() {
            record.script.add(new Outcome.Refused("Observation.code: unknown"));
            run();
            assertThat(delivery(sent).life().getLast().detail()).hasValue("Observation.code: unknown");

            deliveries.resend(delivery(sent).id().toString());
            run();

            assertThat(delivery(sent).state()).isEqualTo(State.DELIVERED);
        }
    }

    @Test
    void nothing_is_sent_of_a_patient_who_is_erased_between_the_look_and_the_sending() {
        clinic.answered(clinic.patient("17"), MILD);
        var erasing = new TenantDatabase() {
            @Override
            public <T> T inTransaction(AuditEntry entry, Function<Transaction, T> work) {
                if (entry.action() == AuditAction.CHANGE) {
                    clinic.database.inTransaction(AuditEntry.of(AuditAction.DELETE, "Patient", "*"),
                            tx -> tx.handle().execute("delete from patient"));
                }
                return clinic.database.inTransaction(entry, work);
            }
        };

        new DeliveryTimer(erasing, completions, clinic.patients, clinic.changes, record, clinic.clock)
                .run(clinic.clock.instant());

        assertThat(record.sent).isZero();
    }

    @Test
    void a_module_that_is_switched_off_meanwhile_leaves_it_queued() {
        var sent = clinic.answered(clinic.patient("17"), MILD);
        record.script.add(new Outcome.Off());

        run();

        assertThat(delivery(sent).state()).isEqualTo(State.QUEUED);
    }
}
