// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.epr.assessment.Assessment;

/**
 * Where response and score come from: the patient answered, Sluse added up by these mapping rules.
 *
 * <pre>
 * id               meta.tag (R4 gives Provenance no identifier)
 * completedAt      recorded
 * response, score  target; entity with role source = the response
 * patient          agent of type author
 * mapping version  agent of type assembler, who.identifier
 * </pre>
 */
public final class ProvenanceMapper {

    /** Name of this resource among those of an assessment. */
    public static final String NAME = "Provenance";

    public Provenance toFhir(Assessment assessment, Reference patient, Reference response, Reference score) {
        return toFhir(assessment.id(), QuestionnaireResponseMapper.completedAt(assessment), patient, response,
                List.of(score));
    }

    /** @param results what was made of the response */
    public Provenance toFhir(UUID assessment, DateTimeType completedAt, Reference patient, Reference response,
            List<Reference> results) {
        var provenance = new Provenance();
        provenance.getMeta().addTag().setSystem(FhirCodes.ASSESSMENT).setCode(tag(assessment));
        provenance.addTarget(response);
        results.forEach(provenance::addTarget);
        var recorded = new InstantType(completedAt.getValue());
        recorded.setTimeZoneZulu(true);
        provenance.setRecordedElement(recorded);
        provenance.addAgent().setType(type(FhirCodes.AUTHOR)).setWho(patient);
        provenance.addAgent()
                .setType(type(FhirCodes.ASSEMBLER))
                .setWho(new Reference().setDisplay("Sluse")
                        .setIdentifier(
                                new Identifier().setSystem(FhirCodes.MAPPING).setValue(FhirCodes.MAPPING_VERSION)));
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(response.copy());
        return provenance;
    }

    private static String tag(UUID assessment) {
        return NamedIds.of(assessment, NAME).toString();
    }

    /** By which the one of an assessment is found. */
    public static String query(UUID assessment) {
        return "_tag=" + IdentifierQuery.token(FhirCodes.ASSESSMENT, tag(assessment));
    }

    private static CodeableConcept type(String code) {
        return new CodeableConcept(new Coding().setSystem(FhirCodes.PARTICIPANT_TYPE).setCode(code));
    }
}
