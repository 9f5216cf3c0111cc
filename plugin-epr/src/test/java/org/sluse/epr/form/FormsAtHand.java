// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.actor.Actor;
import org.sluse.epr.Clinic;
import org.sluse.epr.sdc.Given;
import org.sluse.testkit.KnownTenant;

/** For tests of other packages. */
public final class FormsAtHand {

    /** Sleeps; how many hours, and why where there are few; a sum; marked for extraction. */
    public static final String SLEEP = """
            {"resourceType": "Questionnaire", "url": "https://clinic.example/Questionnaire/sleep", "version": "1", "status": "active", "language": "en", "title": "Sleep",
             "copyright": "Clinic North",
             "item": [{"linkId": "hours", "type": "decimal", "text": "How many hours do you sleep?", "required": true,
               "code": [{"system": "http://loinc.org", "code": "93832-4"}],
               "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": {"system": "http://unitsofmeasure.org", "code": "h", "display": "hours"}},
                {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract", "valueBoolean": true},
                {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueDecimal": 24}]},
              {"linkId": "why", "type": "open-choice", "text": "What keeps you awake?", "repeats": true,
               "answerOption": [{"valueCoding": {"system": "https://clinic.example/why", "code": "noise", "display": "Noise"}},
                {"valueCoding": {"system": "https://clinic.example/why", "code": "pain", "display": "Pain"}}],
               "enableWhen": [{"question": "hours", "operator": "<", "answerDecimal": 6}],
               "item": [{"linkId": "often", "type": "group", "text": "More about it", "item": [{"linkId": "nights", "type": "integer", "text": "Nights a week"}]}]}]}""";

    private FormsAtHand() {}

    public static Form brought(Clinic clinic, String file) {
        return clinic.forms.bring(file, Optional.empty());
    }

    /** Practitioner 1 assigns it in English; whoever holds its link acts from then on. */
    public static FormAssessment assigned(Clinic clinic, String patient, Form form) {
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        var assessment = clinic.formAssessments.assign(patient, form.id().toString(), "en").assessment();
        clinic.tenant.actingAs(Actor.linkHolder(assessment.id().toString()));
        return assessment;
    }

    /** Whoever holds a link answers and sends; Practitioner 1 acts from then on. */
    public static FormAssessment answeredAndSent(Clinic clinic, String patient, Form form,
            Map<String, List<Given>> answers) {
        assigned(clinic, patient, form);
        var saved = clinic.formAssessments
                .save(new FormAssessments.Entered(0, answers, Optional.empty(), Optional.empty()));
        var sent = clinic.formAssessments.send(saved.assessment().version());
        clinic.tenant.actingAs(KnownTenant.practitioner("practitioner-1"));
        return sent;
    }
}
