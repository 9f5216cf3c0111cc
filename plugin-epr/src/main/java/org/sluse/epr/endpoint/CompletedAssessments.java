// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.List;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.epr.EprSettings;
import org.sluse.epr.assessment.Assessment;
import org.sluse.epr.assessment.Assessments;
import org.sluse.epr.assessment.Assessments.Result;
import org.sluse.epr.patient.Patient;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;

/** Completed assessments of patients whom the acting practitioner treats; reading is audited by the use case. */
final class CompletedAssessments {

    private final Assessments assessments;
    private final Settings<EprSettings> settings;

    CompletedAssessments(Assessments assessments, Settings<EprSettings> settings) {
        this.assessments = assessments;
        this.settings = settings;
    }

    /** @throws ProblemException not found, also for one that is not completed */
    Result get(String id) {
        var result = assessments.get(id);
        if (result.assessment().state() != Assessment.State.COMPLETED) {
            throw ProblemException.notFound();
        }
        return result;
    }

    List<Result> of(ReferenceParam patient) {
        return assessments.ofPatient(patient.getIdPart())
                .stream()
                .filter(one -> one.assessment().state() == Assessment.State.COMPLETED)
                .toList();
    }

    /** The patient by the clinic's number: this server has no Patient resources (FHIR R4, Reference.identifier). */
    Reference reference(Patient patient) {
        return new Reference().setIdentifier(new Identifier().setSystem(settings.get().patientIdentifierSystem())
                .setValue(patient.number()));
    }
}
