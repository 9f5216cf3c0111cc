// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.sluse.epr.sdc.Finding;
import org.sluse.epr.sdc.Given;
import org.sluse.epr.sdc.OpenForm;
import org.sluse.id.Ids;
import org.sluse.link.Links;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** Use cases around forms of patients. Practitioners reach those of patients whom they treat; the holder of a link exactly one. */
@Dependent
public final class FormAssessments {

    /** The patient has sent the answers, or the practitioner has taken the form back. */
    static final Problem CLOSED = new Problem("assessment-closed", "This questionnaire is closed", 409);

    private static final String OBJECT = "Assessment";
    private static final Duration TIME_TO_ANSWER = Duration.ofDays(14);

    /** With the files in it; what is larger no record would take. */
    private static final int LARGEST = 1_600_000;

    private final TenantDatabase database;
    private final TenantContext context;
    private final Patients patients;
    private final Links links;
    private final FormListener listener;
    private final Clock clock;
    private final Ids ids;
    private final PatientChanges changes;

    @Inject
    public FormAssessments(TenantDatabase database, TenantContext context, Patients patients, Links links,
            FormListener listener, Clock clock, Ids ids, PatientChanges changes) {
        this.database = database;
        this.context = context;
        this.patients = patients;
        this.links = links;
        this.listener = listener;
        this.clock = clock;
        this.ids = ids;
        this.changes = changes;
    }

    /**
     * A form with its one-time code.
     *
     * @param code goes behind the {@code #} of the address; never shown again
     */
    public record Assigned(FormAssessment assessment, String code) {}

    /** A form as the desk sees it. */
    public record Result(FormAssessment assessment, Patient patient) {}

    /** The same with what was answered. */
    public record Answered(Result result, OpenForm open, String response) {}

    /**
     * A form as its patient sees it.
     *
     * @param refused what of the last answers was not taken
     */
    record Held(FormAssessment assessment, OpenForm open, List<Finding> refused) {}

    /** Assigns the version that is offered. @throws ProblemException not allowed, not found */
    public Assigned assign(String patientId, String formId, String language) {
        var id = ids.next();
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, OBJECT, id.toString()), tx -> {
            var form = Patients.parse(formId)
                    .flatMap(known -> FormStore.newest(tx).stream().filter(one -> one.id().equals(known)).findFirst())
                    .orElseThrow(() -> ProblemException.notAllowed("/form", "unknown",
                            "There is no such form; right would be the newest version of one that the clinic has brought"));
            if (!form.languages().contains(language)) {
                throw ProblemException.notAllowed("/language", "language-not-offered",
                        "The form has no text in this language; right would be one of " + form.languages());
            }
            var patient = patients.require(tx, patientId);
            tx.record(AuditEntry.read("Patient", patient.id().toString()).about(patient.id().toString()));
            var now = clock.instant();
            var open = OpenForm.begun(form.content(), now);
            var assessment = new FormAssessment(id, patient.id(), form, language, context.actor().id(),
                    State.ASSIGNED, now, now.plus(TIME_TO_ANSWER), Optional.empty(), Optional.empty(), 0,
                    open.answered(), open.asked());
            FormAssessmentStore.insert(tx, assessment, open.kept());
            var code = links.issue(tx, id.toString(), assessment.expiresAt());
            changes.changed(tx, patient.id());
            return new Assigned(assessment, code);
        });
    }

    /** A new link; who held an earlier one is refused from now on, and whoever has the new one goes on where that was left. */
    public Assigned renewLink(String id) {
        return changing(id, (tx, result) -> {
            requireOpen(result.assessment());
            links.withdraw(tx, id);
            return new Assigned(result.assessment(), links.issue(tx, id, result.assessment().expiresAt()));
        });
    }

    void withdraw(String id) {
        changing(id, (tx, result) -> {
            requireOpen(result.assessment());
            FormAssessmentStore.withdraw(tx, result.assessment().id());
            links.withdraw(tx, id);
            changes.changed(tx, result.patient().id());
            return true;
        });
    }

    /** The forms of a patient, the latest first. */
    public List<Result> ofPatient(String patientId) {
        return database.inTransaction(AuditEntry.list(OBJECT).about(known(patientId).toString()), tx -> {
            var patient = patients.require(tx, patientId);
            return FormAssessmentStore.ofPatient(tx, patient.id())
                    .stream()
                    .map(one -> new Result(one, patient))
                    .toList();
        });
    }

    /** @throws ProblemException not found: there is none, or of a patient whom somebody else treats */
    public Answered get(String id) {
        return database.inTransaction(AuditEntry.read(OBJECT, known(id).toString()), tx -> {
            var result = result(tx, known(id));
            var response = FormAssessmentStore.response(tx, result.assessment());
            return new Answered(result, open(result.assessment(), response), response);
        });
    }

    /** Whether it is one of these, and not of the catalogue. Says nothing of it. */
    public boolean has(String id) {
        return Patients.parse(id)
                .filter(known -> database.inTransaction(AuditEntry.list(OBJECT),
                        tx -> FormAssessmentStore.find(tx, known).isPresent()))
                .isPresent();
    }

    private OpenForm open(FormAssessment one, String response) {
        return OpenForm.of(one.form().content(), response, one.completedAt().orElseGet(clock::instant));
    }

    /** The form of the acting link. */
    Held held() {
        var id = heldId();
        return database.inTransaction(AuditEntry.read(OBJECT, id.toString()), tx -> {
            var one = FormAssessmentStore.find(tx, id).orElseThrow(ProblemException::notFound);
            return new Held(one, open(one, FormAssessmentStore.response(tx, one)), List.of());
        });
    }

    /**
     * What the holder of a link has put in.
     *
     * @param version of the answers that they have seen
     * @param answers by key of the item, in the place of those that are kept
     * @param add key of a group that is to be there once more
     * @param remove key of an occurrence of a group that is to be there no longer
     */
    record Entered(int version, Map<String, List<Given>> answers, Optional<String> add, Optional<String> remove) {

        Entered {
            answers = Map.copyOf(answers);
        }
    }

    /**
     * Saves answers of the acting link. What is no answer to its question is not taken, and the rest is.
     *
     * @throws ProblemException {@link Problem#CHANGED_MEANWHILE}: another device or page was faster, and nothing is saved; closed; not allowed: a key is none of the form
     */
    Held save(Entered entered) {
        var id = heldId();
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, OBJECT, id.toString()), tx -> {
            var one = FormAssessmentStore.lock(tx, id).orElseThrow(ProblemException::notFound);
            requireOpen(one);
            requireVersion(one, entered.version());
            var open = open(one, FormAssessmentStore.response(tx, one));
            var refused = put(open, one, entered);
            var saved = saved(one, open, State.DRAFT, clock.instant(), Optional.empty());
            keep(tx, saved, open.kept());
            return new Held(saved, open, refused);
        });
    }

    private static List<Finding> put(OpenForm open, FormAssessment one, Entered entered) {
        try {
            var refused = open.put(entered.answers(), one.language());
            entered.add().ifPresent(open::add);
            entered.remove().ifPresent(open::remove);
            return refused;
        } catch (IllegalArgumentException unknown) {
            throw ProblemException.notAllowed("/answers", "unknown", String.valueOf(unknown.getMessage()));
        }
    }

    private static FormAssessment saved(FormAssessment one, OpenForm open, State state, Instant now,
            Optional<Instant> completed) {
        return new FormAssessment(one.id(), one.patient(), one.form(), one.language(), one.practitioner(), state,
                one.assignedAt(), one.expiresAt(), Optional.of(now), completed, one.version() + 1, open.answered(),
                open.asked());
    }

    private void keep(Transaction tx, FormAssessment saved, String response) {
        if (response.length() > LARGEST) {
            throw ProblemException.notAllowed("/answers", "form-answers-too-large",
                    "All answers together have " + response.length() + " characters; right would be at most " + LARGEST
                            + ", for example smaller files");
        }
        FormAssessmentStore.update(tx, saved, response);
        changes.changed(tx, saved.patient());
    }

    /**
     * Sends the answers of the acting link. What is not there now is not sent, and no longer kept. A second time changes nothing.
     *
     * @throws ProblemException not allowed: with an error for each answer that is to be put right, whose pointer is {@code /answers/KEY}; {@link Problem#CHANGED_MEANWHILE}; closed
     */
    FormAssessment send(int version) {
        var id = heldId();
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, OBJECT, id.toString()), tx -> {
            var one = FormAssessmentStore.lock(tx, id).orElseThrow(ProblemException::notFound);
            if (one.state() == State.COMPLETED) {
                return one;
            }
            requireOpen(one);
            requireVersion(one, version);
            var now = clock.instant();
            var open = OpenForm.of(one.form().content(), FormAssessmentStore.response(tx, one), now);
            requireWhole(open, one.language());
            var completed = saved(one, open, State.COMPLETED, now, Optional.of(now));
            var response = open.completed(one.language());
            keep(tx, completed, response);
            listener.completed(tx, completed, response);
            return completed;
        });
    }

    private static void requireWhole(OpenForm open, String language) {
        var wrong = open.findings(language).stream().filter(Finding::holds).toList();
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.NOT_ALLOWED_VALUE,
                    "Some answers are missing or not as the form asks for them; right would be what each error says",
                    wrong.stream()
                            .map(one -> new FieldError("/answers/" + one.key(), one.code(),
                                    one.code().equals("constraint")
                                            ? "The answers break a rule of the form"
                                            : "The answer is not as the form asks for it"))
                            .toList());
        }
    }

    private static void requireVersion(FormAssessment one, int seen) {
        if (one.version() != seen) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "These answers have version " + one.version()
                    + ", and version " + seen + " was changed; right would be to read them again");
        }
    }

    /** Work on a form that nobody else changes meanwhile. */
    private interface Change<T> {
        T on(Transaction tx, Result result);
    }

    private <T> T changing(String id, Change<T> change) {
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, OBJECT, known(id).toString()), tx -> {
            FormAssessmentStore.lock(tx, known(id));
            return change.on(tx, result(tx, known(id)));
        });
    }

    private Result result(Transaction tx, UUID id) {
        var one = FormAssessmentStore.find(tx, id).orElseThrow(ProblemException::notFound);
        var patient = patients.require(tx, one.patient().toString());
        tx.record(AuditEntry.read(OBJECT, id.toString()).about(patient.id().toString()));
        return new Result(one, patient);
    }

    /** For delivery, which has its right from the outbox. */
    public Optional<FormAssessment> known(Transaction tx, UUID id) {
        return FormAssessmentStore.find(tx, id);
    }

    /** What was answered, for delivery and for the patient's own rights: a QuestionnaireResponse as JSON. */
    public String response(Transaction tx, FormAssessment one) {
        return FormAssessmentStore.response(tx, one);
    }

    /** Every form of a patient, whoever asks: for the patient's own rights. */
    public List<FormAssessment> ofSubject(Transaction tx, UUID patient) {
        return FormAssessmentStore.ofPatient(tx, patient);
    }

    /** Whoever holds a link to one of the patient's forms is refused from the commit on. */
    public void withdrawLinks(Transaction tx, UUID patient) {
        ofSubject(tx, patient).forEach(one -> links.withdraw(tx, one.id().toString()));
    }

    private void requireOpen(FormAssessment one) {
        if (!one.isOpenAt(clock.instant())) {
            throw new ProblemException(CLOSED,
                    "The questionnaire has been sent, taken back, or is too old; the clinic can assign it again");
        }
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
