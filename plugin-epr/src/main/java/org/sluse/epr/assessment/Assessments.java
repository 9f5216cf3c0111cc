// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.epr.assessment.Assessment.State;
import org.sluse.epr.patient.Patient;
import org.sluse.epr.patient.PatientChanges;
import org.sluse.epr.patient.Patients;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;
import org.sluse.timer.Timers;

/** Use cases around assessments. Practitioners reach those of patients whom they treat; the holder of a link exactly one. */
@Dependent
public final class Assessments {

    /** The patient has sent the answers, or the practitioner has taken the questionnaire back. */
    static final Problem CLOSED = new Problem("assessment-closed", "This questionnaire is closed", 409);

    private static final Duration TIME_TO_ANSWER = Duration.ofDays(14);

    private final TenantDatabase database;
    private final TenantContext context;
    private final Patients patients;
    private final Links links;
    private final CompletionListener listener;
    private final Clock clock;
    private final Ids ids;
    private final PatientChanges changes;
    private final Timers timers;

    @Inject
    public Assessments(TenantDatabase database, TenantContext context, Patients patients, Links links,
            CompletionListener listener, Clock clock, Ids ids, PatientChanges changes, Timers timers) {
        this.database = database;
        this.context = context;
        this.patients = patients;
        this.links = links;
        this.listener = listener;
        this.clock = clock;
        this.ids = ids;
        this.changes = changes;
        this.timers = timers;
    }

    /**
     * An assessment with its one-time code.
     *
     * @param code goes behind the {@code #} of the address; never shown again
     */
    public record Assigned(Assessment assessment, String code) {}

    /** An assessment as the desk sees it. */
    public record Result(Assessment assessment, Patient patient, Optional<SafetyFlag> flag) {}

    /**
     * What saving an answer gives.
     *
     * @param help whether the patient is to be shown the crisis text now
     */
    record Saved(Instant at, boolean help) {}

    public Assigned assign(String patientId, String instrumentId, String language) {
        var id = ids.next();
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, "Assessment", id.toString()), tx -> {
            var offer = Offer.find(tx, instrumentId)
                    .orElseThrow(
                            () -> ProblemException.notAllowed("/instrument", "unknown",
                                    "There is no such instrument; right would be one of the catalogue"));
            requireText(offer, language);
            var patient = patients.require(tx, patientId);
            tx.record(AuditEntry.read("Patient", patient.id().toString()).about(patient.id().toString()));
            var now = clock.instant();
            var assessment = new Assessment(id, patient.id(), offer.in(language), language, context.actor().id(),
                    State.ASSIGNED, now, now.plus(TIME_TO_ANSWER),
                    Optional.empty(), Optional.empty(), List.of());
            AssessmentStore.insert(tx, assessment, offer.wording(language).map(Wording::id));
            var code = links.issue(tx, id.toString(), assessment.expiresAt());
            changes.changed(tx, patient.id());
            return new Assigned(assessment, code);
        });
    }

    private static void requireText(Offer offer, String language) {
        var id = offer.instrument().id();
        if (offer.languages().isEmpty()) {
            throw ProblemException.notAllowed("/instrument", "text-missing",
                    "The text of '" + id + "' may not come with this software; right would be that an administrator "
                            + "imports the clinic's own");
        }
        if (!offer.languages().contains(language)) {
            throw ProblemException.notAllowed("/language", "language-not-offered",
                    "'" + id + "' has no text in this language; right would be one of " + offer.languages());
        }
    }

    /** A new link; who held an earlier one is refused from now on. */
    Assigned renewLink(String id) {
        return changing(id, (tx, result) -> {
            requireOpen(result.assessment());
            links.withdraw(tx, id);
            return new Assigned(result.assessment(), links.issue(tx, id, result.assessment().expiresAt()));
        });
    }

    void withdraw(String id) {
        changing(id, (tx, result) -> {
            requireOpen(result.assessment());
            AssessmentStore.withdraw(tx, result.assessment().id());
            links.withdraw(tx, id);
            changes.changed(tx, result.patient().id());
            return true;
        });
    }

    /** The assessments of a patient, the latest first. */
    public List<Result> ofPatient(String patientId) {
        return database.inTransaction(AuditEntry.list("Assessment").about(known(patientId).toString()), tx -> {
            var patient = patients.require(tx, patientId);
            return AssessmentStore.ofPatient(tx, patient.id())
                    .stream()
                    .map(one -> new Result(one, patient, SafetyFlagStore.find(tx, one)))
                    .toList();
        });
    }

    /** @throws ProblemException not found: there is none, or of a patient whom somebody else treats */
    public Result get(String id) {
        return database.inTransaction(AuditEntry.read("Assessment", known(id).toString()), tx -> result(tx, known(id)));
    }

    /** Those of the same instrument and patient that were sent before this one, the oldest first; all that were sent while this one is open. */
    List<Assessment> earlier(Result result) {
        var until = result.assessment().completedAt().orElse(Instant.MAX);
        return ofPatient(result.patient().id().toString()).stream()
                .map(Result::assessment)
                .filter(one -> one.instrument().id().equals(result.assessment().instrument().id())
                        && sentAt(one).isBefore(until))
                .sorted(Comparator.comparing(Assessments::sentAt))
                .toList();
    }

    private static Instant sentAt(Assessment one) {
        return one.completedAt().orElse(Instant.MAX);
    }

    /** The assessment of the acting link. */
    Assessment held() {
        var id = heldId();
        return database.inTransaction(AuditEntry.read("Assessment", id.toString()),
                tx -> AssessmentStore.find(tx, id).orElseThrow(Assessments::closed));
    }

    /** Whether the help page has been due for the acting link. */
    boolean heldNeedsHelp() {
        var id = heldId();
        return database.inTransaction(AuditEntry.read("SafetyFlag", id.toString()),
                tx -> AssessmentStore.find(tx, id).flatMap(one -> SafetyFlagStore.find(tx, one)).isPresent());
    }

    /** Saves one answer of the acting link; a later one to the same item takes its place. */
    Saved save(Answer answer) {
        var id = heldId();
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Assessment", id.toString()), tx -> {
            var assessment = AssessmentStore.lock(tx, id).orElseThrow(Assessments::closed);
            requireOpen(assessment);
            check(assessment.instrument(), answer);
            var now = clock.instant();
            AssessmentStore.save(tx, assessment, answer, now);
            var flagged = assessment.instrument().raisesFlag(answer);
            if (answer instanceof Answer.Chosen chosen && flagged
                    && SafetyFlagStore.find(tx, assessment)
                            .stream()
                            .allMatch(flag -> flag.isOutweighedBy(chosen, assessment.instrument()))) {
                SafetyFlagStore.raise(tx, assessment, chosen, now);
                tx.record(AuditEntry.of(AuditAction.CREATE, "SafetyFlag", id.toString())
                        .about(assessment.patient().toString()));
                changes.needsChanged(tx, assessment.patient());
                tx.afterCommit(() -> timers.wake(DeputyTimer.NAME));
            } else {
                changes.changed(tx, assessment.patient());
            }
            return new Saved(now, flagged);
        });
    }

    private static void check(Instrument instrument, Answer answer) {
        var item = instrument.item(answer.linkId()).orElseThrow(ProblemException::notFound);
        if (answer instanceof Answer.Chosen chosen && item.choice(chosen.code()).isEmpty()) {
            throw ProblemException.notAllowed("/code", "unknown",
                    "This is no choice of the item; right would be one of "
                            + item.choices().stream().map(choice -> choice.code().code()).toList());
        }
    }

    /** Completes the assessment of the acting link. A second time changes nothing. */
    Assessment send() {
        var id = heldId();
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Assessment", id.toString()), tx -> {
            var assessment = AssessmentStore.lock(tx, id).orElseThrow(Assessments::closed);
            if (assessment.state() == State.COMPLETED) {
                return assessment;
            }
            requireOpen(assessment);
            requireWhole(assessment);
            AssessmentStore.complete(tx, id, clock.instant());
            var completed = AssessmentStore.find(tx, id).orElseThrow();
            listener.completed(tx, completed);
            changes.changed(tx, completed.patient());
            return completed;
        });
    }

    private static void requireWhole(Assessment assessment) {
        var open = Instruments.open(assessment.instrument(), assessment.answers());
        if (!open.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE,
                    "Some items have no answer; right would be a choice or 'declined' for each",
                    open.stream()
                            .map(item -> new FieldError("/answers/" + item, "answer-missing",
                                    "The item has neither a choice nor a refusal"))
                            .toList());
        }
    }

    /** Work on an assessment that nobody else changes meanwhile. */
    interface Change<T> {
        T on(Transaction tx, Result result);
    }

    /** @throws ProblemException not found: there is none, or of a patient whom somebody else treats */
    <T> T changing(String id, Change<T> change) {
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Assessment", known(id).toString()), tx -> {
            AssessmentStore.lock(tx, known(id));
            return change.on(tx, result(tx, known(id)));
        });
    }

    Result result(Transaction tx, UUID id) {
        var assessment = AssessmentStore.find(tx, id).orElseThrow(ProblemException::notFound);
        var patient = patients.require(tx, assessment.patient().toString());
        tx.record(AuditEntry.read("Assessment", id.toString()).about(patient.id().toString()));
        return new Result(assessment, patient, SafetyFlagStore.find(tx, assessment));
    }

    /** For delivery, which has its right from the outbox. */
    public Assessment known(Transaction tx, UUID id) {
        return AssessmentStore.find(tx, id).orElseThrow();
    }

    /** Every assessment of a patient, whoever asks: for the patient's own rights. */
    public List<Assessment> ofSubject(Transaction tx, UUID patient) {
        return AssessmentStore.ofPatient(tx, patient);
    }

    /** Whoever holds a link to one of the patient's assessments is refused from the commit on. */
    public void withdrawLinks(Transaction tx, UUID patient) {
        ofSubject(tx, patient).forEach(one -> links.withdraw(tx, one.id().toString()));
    }

    private void requireOpen(Assessment assessment) {
        if (!assessment.isOpenAt(clock.instant())) {
            throw closed();
        }
    }

    private static ProblemException closed() {
        return new ProblemException(CLOSED,
                "The questionnaire has been sent, taken back, or is too old; the clinic can assign it again");
    }

    private UUID heldId() {
        var actor = context.actor();
        if (actor.kind() != Actor.Kind.LINK_HOLDER) {
            throw new IllegalStateException("Only the holder of a link answers; " + actor.kind() + " acts");
        }
        return known(actor.id());
    }

    private static UUID known(String id) {
        return Patients.parse(id).orElseThrow(ProblemException::notFound);
    }
}
