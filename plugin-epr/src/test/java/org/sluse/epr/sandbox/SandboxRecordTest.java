// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.sluse.epr.Clinic;
import org.sluse.epr.fhir.AssessmentBundle;
import org.sluse.epr.sandbox.SandboxStore.Key;

class SandboxRecordTest {

    private static final String SYSTEM = "https://sluse.org/fhir/patient-number";

    private final Clinic clinic = new Clinic();
    private final SandboxRecord record = new SandboxRecord(clinic.database,
            clinic.database.settings(Clinic.SETTINGS), clinic.clock, clinic.ids);

    private Bundle message() {
        return new AssessmentBundle().of(clinic.answered(clinic.patient("17"), 3, 3, 3, 3, 3, 3, 3, 3, 3), SYSTEM,
                "17");
    }

    private String patient(String number) {
        var patient = new Patient();
        patient.addIdentifier().setSystem(SYSTEM).setValue(number);
        return record.create(patient, Optional.empty()).resource().getIdElement().getIdPart();
    }

    @Test
    void a_message_is_stored_whole_with_its_references_resolved() {
        var patient = patient("17");

        var answer = record.transaction(message());

        assertThat(answer.getEntry()).extracting(entry -> entry.getResponse().getStatus())
                .containsExactly("201 Created", "201 Created", "201 Created");
        var score = (Observation) record.search("Observation", List.of(new Key("patient", "Patient/" + patient)))
                .getFirst();
        assertThat(score.getValueQuantity().getValue().intValueExact()).isEqualTo(27);
        assertThat(record.search("QuestionnaireResponse", List.of()))
                .extracting(response -> "QuestionnaireResponse/" + response.getIdElement().getIdPart())
                .containsExactly(score.getDerivedFromFirstRep().getReference());
    }

    @Test
    void the_same_message_twice_changes_nothing() {
        patient("17");
        var message = message();
        record.transaction(message.copy());

        var again = record.transaction(message.copy());

        assertThat(again.getEntry()).extracting(entry -> entry.getResponse().getStatus()).containsOnly("200 OK");
        assertThat(record.newest()).hasSize(4);
    }

    @Test
    void nothing_is_stored_when_nobody_has_the_number() {
        assertThatExceptionOfType(PreconditionFailedException.class).isThrownBy(() -> record.transaction(message()));

        assertThat(record.newest()).isEmpty();
    }

    @Test
    void nothing_is_stored_when_two_have_the_number() {
        patient("17");
        patient("17");

        assertThatExceptionOfType(PreconditionFailedException.class).isThrownBy(() -> record.transaction(message()));

        assertThat(record.newest()).hasSize(2);
    }

    @Test
    void a_demo_makes_the_patient_whom_it_does_not_know() {
        var generous = new SandboxRecord(clinic.database, clinic.database.settings(Clinic.settings(true)), clinic.clock,
                clinic.ids);

        generous.transaction(message());

        assertThat(generous.search("Patient", List.of(new Key("identifier", SYSTEM + "|17")))).hasSize(1);
    }

    @Test
    void an_element_that_r4_requires_must_be_there() {
        assertThatExceptionOfType(UnprocessableEntityException.class)
                .isThrownBy(() -> record.create(new Observation(), Optional.empty()))
                .withMessageContaining("Observation.status");
    }

    @Test
    void an_element_that_r4_does_not_know_is_refused_while_reading() {
        assertThatExceptionOfType(DataFormatException.class)
                .isThrownBy(() -> record.context()
                        .newJsonParser()
                        .parseResource("{\"resourceType\":\"Patient\",\"shoeSize\":43}"));
    }

    @Test
    void a_reference_to_nothing_is_refused() {
        var message = message();
        message.getEntry()
                .forEach(entry -> record.context()
                        .newTerser()
                        .getAllResourceReferences(entry.getResource())
                        .stream()
                        .filter(info -> info.getResourceReference().getReferenceElement().getValue() != null
                                && info.getResourceReference().getReferenceElement().getValue().contains("?"))
                        .forEach(info -> info.getResourceReference().setReference("Patient/nobody")));

        assertThatExceptionOfType(UnprocessableEntityException.class).isThrownBy(() -> record.transaction(message));
    }

    @Test
    void an_update_needs_the_version_that_it_names_and_the_history_keeps_both() {
        var id = patient("17");
        var changed = new Patient().setActive(true);

        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> record.update(changed.copy(), id, Optional.of("7")));
        record.update(changed.copy(), id, Optional.of("1"));

        assertThat(record.history("Patient", id)).extracting(version -> version.getIdElement().getVersionIdPart())
                .containsExactly("2", "1");
    }
}
