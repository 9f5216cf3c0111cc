// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.id.Ids;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantContext;

/** Use cases around the catalogue at one clinic: what can be asked, and in whose words. */
@Dependent
public final class Wordings {

    private static final String OBJECT = "Wording";

    private final TenantDatabase database;
    private final TenantContext context;
    private final WordingReader reader;
    private final Clock clock;
    private final Ids ids;

    @Inject
    Wordings(TenantDatabase database, TenantContext context, WordingReader reader, Clock clock, Ids ids) {
        this.database = database;
        this.context = context;
        this.reader = reader;
        this.clock = clock;
        this.ids = ids;
    }

    /** The catalogue with the clinic's own texts. */
    List<Offer> offers() {
        return database.inTransaction(AuditEntry.list(OBJECT), Offer::all);
    }

    /**
     * Takes the text of an instrument from the clinic's file. It is asked from now on; who has been asked already is asked in the words as they were.
     *
     * @param file a Questionnaire of FHIR R4 in JSON
     * @throws ProblemException not allowed: with an issue for each element that is wrong, whose pointer is into {@code /file}
     */
    Wording bring(String instrumentId, String file) {
        var instrument = Instruments.find(instrumentId).orElseThrow(ProblemException::notFound);
        return switch (reader.read(instrument, file)) {
            case WordingReader.Read.Refused(var issues) -> throw new ProblemException(Problem.NOT_ALLOWED_VALUE,
                    "This file is not the text of '" + instrument.id() + "'; right would be what each issue says",
                    issues.stream()
                            .map(one -> new FieldError("/file" + one.pointer(), one.code(), one.detail()))
                            .toList());
            case WordingReader.Read.Whole(var language, var texts) -> keep(new Wording(ids.next(), instrument.id(),
                    instrument.version(), language, texts, clock.instant(), context.actor().id()));
        };
    }

    private Wording keep(Wording wording) {
        return database.inTransaction(AuditEntry.of(AuditAction.CREATE, OBJECT, wording.id().toString()), tx -> {
            WordingStore.insert(tx, wording);
            return wording;
        });
    }
}
