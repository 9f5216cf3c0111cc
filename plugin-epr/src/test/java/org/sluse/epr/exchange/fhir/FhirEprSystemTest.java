// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.OutboundCall;
import org.sluse.epr.Clinic;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.exchange.Completed;
import org.sluse.epr.exchange.EprSystem.Finding;
import org.sluse.epr.exchange.EprSystem.Outcome;
import org.sluse.epr.patient.Patient;

/** What each answer of a record means for a delivery. */
class FhirEprSystemTest {

    private static final Patient PATIENT = new Patient(new UUID(0, 1), "17/4", "", Instant.EPOCH, 1);
    private static final String TAKEN = """
            {"resourceType": "Bundle", "type": "transaction-response", "entry": [
              {"response": {"status": "201 Created", "location": "QuestionnaireResponse/1/_history/1"}},
              {"response": {"status": "201 Created", "location": "Observation/2/_history/1"}},
              {"response": {"status": "201 Created", "location": "Provenance/3/_history/1"}}]}""";
    private static final String REASON = """
            {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid", "diagnostics": "No such code"}]}""";

    private final Deque<Supplier<Answer>> answers = new ArrayDeque<>();
    private final List<OutboundCall> calls = new ArrayList<>();
    private final FhirEprSystem record = new FhirEprSystem(call -> {
        calls.add(call);
        return answers.remove().get();
    }, () -> Clinic.SETTINGS, new FhirMessages(() -> Clinic.SETTINGS));
    private final Assessment assessment;

    FhirEprSystemTest() {
        var clinic = new Clinic((one, listener) -> listener);
        assessment = clinic.answered(clinic.patient("17/4"), 1, 1, 1, 2, 2, 0, 0, 1, 0);
    }

    @Test
    void a_transaction_that_is_taken_is_accepted_with_the_place_of_the_score() {
        answer(200, TAKEN);

        assertThat(send()).isEqualTo(new Outcome.Accepted("Observation/2"));
        assertThat(calls.getFirst().target()).hasToString("https://record.example/fhir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not FHIR", "{\"resourceType\": \"Bundle\", \"type\": \"transaction-response\"}"})
    void a_success_that_names_no_place_is_looked_into(String body) {
        answer(201, body);

        assertThat(send()).isEqualTo(new Outcome.Unknown("HTTP 201"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 409, 425, 429, 503})
    void what_time_or_the_administrator_puts_right_is_tried_again(int status) {
        answers.add(() -> new Answer(status, Map.of("retry-after", "120"), ""));

        assertThat(send()).isEqualTo(new Outcome.TryLater("HTTP " + status, Optional.of(Duration.ofMinutes(2))));
    }

    @Test
    void a_date_in_retry_after_is_not_waited_for() {
        answers.add(() -> new Answer(503, Map.of("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"), ""));

        assertThat(send()).isEqualTo(new Outcome.TryLater("HTTP 503", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 504})
    void a_gateways_word_says_nothing_of_what_was_stored(int status) {
        answer(status, "<html>");

        assertThat(send()).isEqualTo(new Outcome.Unknown("HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 410, 413, 415, 301, 302})
    void what_can_never_work_is_refused(int status) {
        answer(status, "");

        assertThat(send()).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 412, 422})
    void a_refusal_is_told_in_the_records_own_words_when_the_number_is_one_persons(int status) {
        answer(status, REASON);
        answer(200, people(1));

        assertThat(send()).isEqualTo(new Outcome.Refused("No such code"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_refusal_for_a_number_that_is_not_one_persons_says_so(int people) {
        answer(412, REASON);
        answer(200, people(people));

        assertThat(send()).isEqualTo(new Outcome.NoMatch(people > 1));
        assertThat(calls.getLast().target()).hasToString("https://record.example/fhir/Patient");
    }

    @Test
    void a_refusal_stays_one_when_the_record_falls_silent_after_it() {
        for (var silence : List.<RuntimeException>of(new NotSentException("gone", new Exception()),
                new NoAnswerException("gone", new Exception()))) {
            answer(422, REASON);
            answers.add(() -> {
                throw silence;
            });

            assertThat(send()).isEqualTo(new Outcome.Refused("No such code"));
        }
    }

    @Test
    void what_was_not_sent_is_tried_again_and_what_was_not_answered_is_looked_into() {
        fail(new NotSentException("unreachable", new Exception()));
        assertThat(send()).isEqualTo(new Outcome.TryLater("", Optional.empty()));

        fail(new NoAnswerException("cut", new Exception()));
        assertThat(send()).isEqualTo(new Outcome.Unknown(""));

        fail(new DisclosureRefusedException(DisclosureRefusedException.Reason.MODULE_OFF, "off"));
        assertThat(send()).isEqualTo(new Outcome.Off());
    }

    @Test
    void a_look_finds_what_arrived_and_trusts_nothing_but_an_answer() {
        answer(200, """
                {"resourceType": "Bundle", "type": "searchset", "entry": [
                  {"resource": {"resourceType": "QuestionnaireResponse", "id": "1", "status": "completed"}}]}""");
        assertThat(find()).isEqualTo(new Finding.There("QuestionnaireResponse/1"));

        answer(200, people(0));
        assertThat(find()).isEqualTo(new Finding.NotThere());

        answer(500, "");
        assertThat(find()).isEqualTo(new Finding.NoAnswer("HTTP 500"));

        answer(200, "not FHIR");
        assertThat(find()).isInstanceOf(Finding.NoAnswer.class);

        fail(new NoAnswerException("cut", new Exception()));
        assertThat(find()).isEqualTo(new Finding.NoAnswer(""));
    }

    private void answer(int status, String body) {
        answers.add(() -> new Answer(status, Map.of(), body));
    }

    private void fail(RuntimeException failure) {
        answers.add(() -> {
            throw failure;
        });
    }

    private Outcome send() {
        return record.send(new Completed.OfInstrument(assessment), PATIENT);
    }

    private Finding find() {
        return record.find(new Completed.OfInstrument(assessment), PATIENT);
    }

    private static String people(int count) {
        return "{\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"entry\": ["
                + String.join(",",
                        java.util.Collections.nCopies(count, "{\"resource\": {\"resourceType\": \"Patient\"}}"))
                + "]}";
    }
}
