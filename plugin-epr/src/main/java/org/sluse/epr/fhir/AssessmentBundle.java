// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.sluse.epr.assessment.Assessment;

/**
 * One completed assessment as a transaction: response, score, provenance. Each entry is created only if the record has none with our identifier (FHIR R4 http, "conditional
 * create"), so that sending twice changes nothing; the subject is found by the clinic's number, and one that is not exactly one person fails the whole (3.2.0.11.2).
 */
public final class AssessmentBundle {

    private final QuestionnaireResponseMapper responses = new QuestionnaireResponseMapper();
    private final ScoreObservationMapper scores = new ScoreObservationMapper();
    private final ProvenanceMapper provenances = new ProvenanceMapper();

    /**
     * @param system URI under which the record knows the clinic's numbers
     * @param number the patient's
     */
    public Bundle of(Assessment assessment, String system, String number) {
        var response = NamedIds.urn(assessment.id(), QuestionnaireResponseMapper.NAME);
        var score = NamedIds.urn(assessment.id(), ScoreObservationMapper.NAME);
        var provenance = NamedIds.urn(assessment.id(), ProvenanceMapper.NAME);
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        add(bundle, response, responses.toFhir(assessment, patient(system, number)),
                IdentifierQuery.of(QuestionnaireResponseMapper.identifier(assessment)));
        add(bundle, score, scores.toFhir(assessment, patient(system, number), new Reference(response)),
                IdentifierQuery.of(ScoreObservationMapper.identifier(assessment)));
        add(bundle, provenance,
                provenances.toFhir(assessment, patient(system, number), new Reference(response), new Reference(score)),
                ProvenanceMapper.query(assessment.id()));
        return bundle;
    }

    /** What a search for the response of an assessment asks for, as {@code system|value}. */
    public static String responseToken(UUID assessment) {
        var identifier = FormResponseMapper.identifier(assessment);
        return identifier.getSystem() + "|" + identifier.getValue();
    }

    /** Creates it, unless the record has what the query finds. */
    public static void add(Bundle bundle, String fullUrl, Resource resource, String ifNoneExist) {
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType())
                .setIfNoneExist(ifNoneExist);
    }

    /** Whoever has this number, and nobody when several have. */
    public static Reference patient(String system, String number) {
        return new Reference("Patient?identifier=" + IdentifierQuery.token(system, number));
    }
}
