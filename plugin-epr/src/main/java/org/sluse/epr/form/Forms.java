// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.epr.patient.Patients;
import org.sluse.epr.sdc.FormCheck;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** Use cases around the clinic's own questionnaires. */
@Dependent
public final class Forms {

    private static final String OBJECT = "Form";

    private final TenantDatabase database;
    private final TenantContext context;
    private final Clock clock;
    private final Ids ids;

    @Inject
    public Forms(TenantDatabase database, TenantContext context, Clock clock, Ids ids) {
        this.database = database;
        this.context = context;
        this.clock = clock;
        this.ids = ids;
    }

    /** Those that can be assigned: the version of each that was brought last. */
    List<Form> offered() {
        return database.inTransaction(AuditEntry.list(OBJECT), FormStore::newest);
    }

    /** Each version of each that was ever brought, the newest first. */
    public List<Form> all() {
        return database.inTransaction(AuditEntry.list(OBJECT), FormStore::all);
    }

    /** @throws ProblemException not found */
    public Form get(String id) {
        var known = Patients.parse(id).orElseThrow(ProblemException::notFound);
        return database.inTransaction(AuditEntry.read(OBJECT, known.toString()),
                tx -> FormStore.find(tx, known).orElseThrow(ProblemException::notFound));
    }

    /**
     * Takes a form from the clinic's file. It is offered from now on; what is assigned stays with its version.
     *
     * @param file a Questionnaire of FHIR R4 in JSON
     * @param language of its texts, should it not say
     * @throws ProblemException not allowed: with an issue for each element that is wrong, whose pointer is into {@code /file}
     */
    Form bring(String file, Optional<String> language) {
        return switch (new FormCheck().read(file, language)) {
            case FormCheck.Read.Refused(var issues) -> throw new ProblemException(Problem.NOT_ALLOWED_VALUE,
                    "This file cannot be asked; right would be what each issue says",
                    issues.stream()
                            .map(one -> new FieldError("/file" + one.pointer(), one.code(), one.detail()))
                            .toList());
            case FormCheck.Read.Taken taken -> keep(new Form(ids.next(), taken.url(), taken.version(), taken.title(),
                    taken.languages(), taken.questions(), taken.content(), clock.instant(), context.actor().id()));
        };
    }

    private Form keep(Form form) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, OBJECT, form.id().toString()), tx -> {
            if (!FormStore.insert(tx, form)) {
                throw ProblemException.notAllowed("/file/version", "form-version-taken",
                        "The version '" + form.version()
                                + "' of this form is here already, and a version never changes; "
                                + "right would be another version");
            }
            return form;
        });
    }
}
