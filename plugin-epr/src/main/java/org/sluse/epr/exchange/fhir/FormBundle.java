// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.epr.exchange.Completed;
import org.sluse.epr.fhir.AssessmentBundle;
import org.sluse.epr.fhir.FormResponseMapper;
import org.sluse.epr.fhir.IdentifierQuery;
import org.sluse.epr.fhir.NamedIds;
import org.sluse.epr.fhir.ProvenanceMapper;
import org.sluse.epr.fhir.QuestionnaireResponseMapper;
import org.sluse.epr.sdc.Extraction;
import org.sluse.epr.sdc.FormReader;

/**
 * What was answered to a form as a transaction: the response, the Observations that the form marks (SDC 4.0, extraction), provenance. Whatever else the form asks to be made is left out and said:
 * the answers themselves always arrive. Each entry is created only if the record has none with its identifier, as those of an assessment of the catalogue.
 */
final class FormBundle {

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final FormResponseMapper responses = new FormResponseMapper();
    private final ProvenanceMapper provenances = new ProvenanceMapper();

    /**
     * What came of it.
     *
     * @param missing what the form asks for and is not in it; names questions and never answers
     */
    record Made(Bundle bundle, List<String> missing) {

        Made {
            missing = List.copyOf(missing);
        }
    }

    /**
     * @param system URI under which the record knows the clinic's numbers
     * @param number the patient's
     */
    Made of(Completed.OfForm completed, String system, String number) {
        var assessment = completed.assessment();
        var patient = AssessmentBundle.patient(system, number);
        var response = responses.toFhir(assessment.id(), assessment.form().canonical(), completed.response(),
                patient);
        var place = NamedIds.urn(assessment.id(), QuestionnaireResponseMapper.NAME);
        List<String> missing = new ArrayList<>();
        var observations = observations(assessment.form().content(), response, place, missing);
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        AssessmentBundle.add(bundle, place, response, IdentifierQuery.of(response.getIdentifier()));
        observations.forEach(one -> AssessmentBundle.add(bundle, one.getFullUrl(), one.getResource(),
                one.getRequest().getIfNoneExist()));
        AssessmentBundle.add(bundle, NamedIds.urn(assessment.id(), ProvenanceMapper.NAME),
                provenances.toFhir(assessment.id(), response.getAuthoredElement(), patient.copy(),
                        new Reference(place),
                        observations.stream().map(one -> new Reference(one.getFullUrl())).toList()),
                ProvenanceMapper.query(assessment.id()));
        return new Made(bundle, missing);
    }

    private List<BundleEntryComponent> observations(String form, QuestionnaireResponse response, String place,
            List<String> missing) {
        var result = new Extraction(fhir).extract(new FormReader(fhir).read(Questionnaire.class, form), response);
        result.issues()
                .getIssue()
                .stream()
                .filter(issue -> issue.getSeverity() == IssueSeverity.ERROR
                        || issue.getSeverity() == IssueSeverity.FATAL)
                .forEach(issue -> missing.add(issue.getDiagnostics()));
        List<BundleEntryComponent> all = new ArrayList<>();
        result.bundle().stream().flatMap(bundle -> bundle.getEntry().stream()).forEach(entry -> {
            if (entry.getResource() instanceof Observation observation
                    && entry.getRequest().getMethod() == HTTPVerb.POST && observation.hasIdentifier()) {
                observation.getDerivedFrom()
                        .stream()
                        .filter(from -> from.hasIdentifier()
                                && from.getIdentifier().equalsDeep(response.getIdentifier()))
                        .forEach(from -> from.setReference(place).setType(null).setIdentifier(null));
                entry.getRequest().setIfNoneExist(IdentifierQuery.of(observation.getIdentifierFirstRep()));
                all.add(entry);
            } else {
                missing.add("The form asks for a "
                        + (entry.hasResource() ? entry.getResource().fhirType() : "request without a resource")
                        + ", which is not sent; what is sent are Observations that are new");
            }
        });
        return all;
    }
}
