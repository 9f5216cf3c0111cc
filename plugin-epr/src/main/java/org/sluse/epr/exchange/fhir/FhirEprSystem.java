// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.sluse.disclosure.Answer;
import org.sluse.disclosure.DisclosureGate;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.FhirJson;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.disclosure.OutboundCall;
import org.sluse.disclosure.OutboundCall.Method;
import org.sluse.epr.EprSettings;
import org.sluse.epr.exchange.Completed;
import org.sluse.epr.exchange.EprSystem;
import org.sluse.epr.fhir.AssessmentBundle;
import org.sluse.epr.patient.Patient;
import org.sluse.settings.Settings;

/** A record that speaks FHIR R4, through the disclosure gate. */
@Dependent
final class FhirEprSystem implements EprSystem {

    private final DisclosureGate gate;
    private final Settings<EprSettings> settings;
    private final FhirMessages messages;

    @Inject
    FhirEprSystem(DisclosureGate gate, Settings<EprSettings> settings, FhirMessages messages) {
        this.gate = gate;
        this.settings = settings;
        this.messages = messages;
    }

    @Override
    public String message(Completed completed, Patient patient) {
        return messages.message(completed, patient, true);
    }

    @Override
    public Outcome send(Completed completed, Patient patient) {
        try {
            var answer = call(Method.POST, "", patient,
                    new OutgoingRecords.Message(new FhirJson(messages.message(completed, patient, false))));
            return switch (answer.status()) {
                case 200,
                        201 ->
                    FhirMessages.location(completed, answer.body())
                            .<Outcome>map(Outcome.Accepted::new)
                            .orElseGet(() -> new Outcome.Unknown("HTTP " + answer.status()));
                // A token that has run out is put right in the settings, and then what waits goes out by itself.
                case 401, 403, 409, 425, 429, 503 ->
                    new Outcome.TryLater("HTTP " + answer.status(), retryAfter(answer));
                case 400, 404, 412, 422 -> refusal(answer, patient);
                // A gateway's word, or a failure after the commit: it may have arrived.
                default -> answer.status() >= 500 || answer.status() == 408
                        ? new Outcome.Unknown("HTTP " + answer.status())
                        : new Outcome.Refused(FhirMessages.words(answer.status(), answer.body()));
            };
        } catch (NotSentException notSent) {
            return new Outcome.TryLater("", Optional.empty());
        } catch (NoAnswerException unknown) {
            return new Outcome.Unknown("");
        } catch (DisclosureRefusedException refused) {
            return switch (refused.reason()) {
                case MODULE_OFF -> new Outcome.Off();
                // It waits, and goes out by itself once the operator allows it again.
                case RECIPIENT_STOPPED, PAPER_MISSING ->
                    new Outcome.TryLater(String.valueOf(refused.getMessage()), Optional.empty());
                case UNKNOWN_RECIPIENT, ADDRESS_NOT_ALLOWED, CATEGORY_NOT_GRANTED ->
                    new Outcome.Refused(String.valueOf(refused.getMessage()));
            };
        }
    }

    /** A refusal may only mean that the number is nobody's, or several people's; records say that in different ways, so the number itself is asked for. */
    private Outcome refusal(Answer answer, Patient patient) {
        return peopleWithNumberOf(patient).filter(count -> count != 1)
                .<Outcome>map(count -> new Outcome.NoMatch(count > 1))
                .orElseGet(() -> new Outcome.Refused(FhirMessages.words(answer.status(), answer.body())));
    }

    /** How many people of the record have the number; empty when it does not tell, which takes nothing from what it said before. */
    private Optional<Integer> peopleWithNumberOf(Patient patient) {
        var identifier = settings.get().patientIdentifierSystem() + "|" + patient.number();
        try {
            var people = call(Method.GET, "/Patient", patient, new OutgoingRecords.PatientQuestion(identifier));
            return people.status() == 200
                    ? FhirMessages.bundle(people.body()).map(bundle -> bundle.getEntry().size())
                    : Optional.empty();
        } catch (NotSentException | NoAnswerException silent) {
            return Optional.empty();
        }
    }

    @Override
    public Finding find(Completed completed, Patient patient) {
        try {
            var answer = call(Method.GET, "/QuestionnaireResponse", patient,
                    new OutgoingRecords.ResponseQuestion(AssessmentBundle.responseToken(completed.id())));
            if (answer.status() != 200) {
                return new Finding.NoAnswer("HTTP " + answer.status());
            }
            return FhirMessages.bundle(answer.body())
                    .<Finding>map(found -> FhirMessages.firstMatch(found)
                            .<Finding>map(Finding.There::new)
                            .orElseGet(Finding.NotThere::new))
                    .orElseGet(() -> new Finding.NoAnswer("HTTP 200"));
        } catch (NotSentException | NoAnswerException | DisclosureRefusedException silent) {
            return new Finding.NoAnswer("");
        }
    }

    private Answer call(Method method, String below, Patient patient, Record payload) {
        var set = settings.get();
        var base = set.base()
                .map(URI::toString)
                .orElseThrow(
                        () -> new DisclosureRefusedException(DisclosureRefusedException.Reason.UNKNOWN_RECIPIENT,
                                "No record is set"));
        return gate.send(new OutboundCall(method, URI.create(base + below), set.bearer(),
                Optional.of(patient.id().toString()), payload));
    }

    /** RFC 9110, 10.2.3, as seconds; dates are not used by records that we know. */
    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("retry-after")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
