// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import org.sluse.peer.HapiPeerProcess;

class AssessmentIT {

    private static @Nullable HapiPeerProcess peer;

    @AfterAll
    static void stop() {
        if (peer != null) {
            peer.close();
        }
    }

    /** A real FHIR server in a process of its own, started once. */
    private static synchronized URI record() {
        if (peer == null) {
            peer = HapiPeerProcess.start();
        }
        return peer.base();
    }

    @Test
    void nine_threes_arrive_once_as_27_severe_in_a_real_record_and_raise_the_safety_item() {
        var clinic = Clinic.create().delivering(record());
        createPatient("P-27");
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-27", "phq-9");
        var patient = Questionnaire.open(clinic, assessment.get("link").asText()).answer(3, 3, 3, 3, 3, 3, 3, 3, 3);

        assertThat(patient.finish().statusCode()).isEqualTo(200);

        delivered(practitioner, assessment);
        arrivedOnce("P-27", 27, "LA6712-9", 3, 3, 3, 3, 3, 3, 3, 3, 3);
        assertThat(result(practitioner, assessment).at("/assessment/score").toString())
                .isEqualTo("{\"total\":27,\"largest\":27,\"band\":\"severe\",\"declined\":0}");
        assertThat(Clinic.json(practitioner.get("/epr/needs")).get("safety")).hasSize(1);
    }

    @Test
    void a_completed_assessment_is_extracted_and_so_is_a_form_that_is_sent_with_its_response() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-1", "gad-7");
        Questionnaire.open(clinic, assessment.get("link").asText()).answer(0, 1, 2, 3, 0, 1, 2).finish();
        var headers = Map.of("Cookie", practitioner.cookieHeader(), "X-Sluse-Request", "1", "Content-Type",
                "application/fhir+json");
        var responses = "/fhir/" + clinic.id() + "/QuestionnaireResponse/";

        var extracted = Clinic.json(
                Http.send("GET", clinic.at(responses + assessment.get("id").asText() + "/$extract"), headers, ""));
        var sent = Clinic.json(Http.send("POST", clinic.at(responses + "$extract"), headers,
                """
                        {"resourceType": "Parameters", "parameter": [
                         {"name": "questionnaire-response", "resource": {"resourceType": "QuestionnaireResponse", "status": "completed",
                          "item": [{"linkId": "given", "answer": [{"valueString": "Kari"}, {"valueString": "Anne"}]}]}},
                         {"name": "questionnaire", "resource": {"resourceType": "Questionnaire", "status": "active",
                          "contained": [{"resourceType": "Patient", "id": "person", "name": [{"_given": [{"extension": [
                           {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractValue", "valueString": "item.answer.value"}]}]}]}],
                          "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtract",
                           "extension": [{"url": "template", "valueReference": {"reference": "#person"}}]}],
                          "item": [{"linkId": "given", "type": "string", "repeats": true}]}}]}"""));
        var unknown = Http.send("POST", clinic.at(responses + "$extract"), headers,
                "{\"resourceType\": \"Parameters\", \"parameter\": [{\"name\": \"questionaire\", \"valueBoolean\": true}]}");

        var entries = extracted.at("/parameter/0/resource/entry");
        assertThat(entries).hasSize(7);
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.at("/request/ifNoneExist").asText()).startsWith("identifier=");
            assertThat(entry.at("/resource/category/0/coding/0/code").asText()).isEqualTo("survey");
            assertThat(entry.at("/resource/derivedFrom/0/reference").asText()).endsWith(assessment.get("id").asText());
        });
        assertThat(sent.at("/parameter/0/resource/entry/0/resource/name/0/given").toString())
                .isEqualTo("[\"Kari\",\"Anne\"]");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("The parameter 'questionnaire-response' is missing");
    }

    @Test
    void a_form_is_filled_with_what_is_sent_and_with_the_clinics_own_scores() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-1", "gad-7");
        Questionnaire.open(clinic, assessment.get("link").asText()).answer(0, 1, 2, 3, 0, 1, 2).finish();
        var patient = result(practitioner, assessment).at("/assessment/patient/id").asText();
        var headers = Map.of("Cookie", practitioner.cookieHeader(), "X-Sluse-Request", "1", "Content-Type",
                "application/fhir+json");
        var forms = "/fhir/" + clinic.id() + "/Questionnaire/";
        var sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

        var filled = Clinic.json(Http.send("POST", clinic.at(forms + "$populate"), headers,
                """
                        {"resourceType": "Parameters", "parameter": [
                         {"name": "subject", "valueReference": {"reference": "Patient/%1$s"}}, {"name": "local", "valueBoolean": true},
                         {"name": "context", "part": [{"name": "name", "valueString": "patient"},
                          {"name": "content", "resource": {"resourceType": "Patient", "id": "%1$s", "birthDate": "1984-05-17"}}]},
                         {"name": "questionnaire", "resource": {"resourceType": "Questionnaire", "status": "active", "item": [
                          {"linkId": "born", "type": "date", "extension": [{"url": "%2$sinitialExpression",
                           "valueExpression": {"language": "text/fhirpath", "expression": "%%patient.birthDate"}}]},
                          {"linkId": "anxiety", "type": "quantity", "code": [{"system": "http://loinc.org", "code": "70274-6"}],
                           "extension": [{"url": "%2$sobservationLinkPeriod", "valueDuration":
                            {"value": 1, "system": "http://unitsofmeasure.org", "code": "a"}}]}]}}]}"""
                        .formatted(patient, sdc)));
        var blank = Clinic.json(Http.send("POST", clinic.at(forms + "gad-7/$populate"), headers,
                "{\"resourceType\": \"Parameters\"}"));
        var nameless = Http.send("POST", clinic.at(forms + "$populate"), headers, "{\"resourceType\": \"Parameters\"}");
        var foreign = Http.send("POST", clinic.at(forms + "gad-7/$populate"), headers,
                """
                        {"resourceType": "Parameters", "parameter": [{"name": "local", "valueBoolean": true},
                         {"name": "subject", "valueReference": {"reference": "Patient/00000000-0000-4000-8000-000000000000"}}]}""");

        assertThat(filled.at("/parameter/0/resource/item/0/answer/0/valueDate").asText()).isEqualTo("1984-05-17");
        assertThat(filled.at("/parameter/0/resource/item/1/answer/0/valueQuantity/value").asInt()).isEqualTo(9);
        assertThat(filled.at("/parameter")).hasSize(1);
        assertThat(blank.at("/parameter/0/resource/questionnaire").asText()).contains("/Questionnaire/gad-7|");
        assertThat(nameless.statusCode()).isEqualTo(400);
        assertThat(nameless.body()).contains("The parameter 'questionnaire' is missing");
        assertThat(foreign.statusCode()).isEqualTo(404);
    }

    @Test
    void mixed_answers_arrive_as_8_mild_and_sending_again_changes_nothing() {
        var clinic = Clinic.create().delivering(record());
        createPatient("P-8");
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-8", "phq-9");
        var patient = Questionnaire.open(clinic, assessment.get("link").asText()).answer(1, 1, 1, 2, 2, 0, 0, 1, 0);

        patient.finish();
        var delivery = delivered(practitioner, assessment);
        var again = patient.finish();
        var message = Clinic.json(practitioner.get("/epr/deliveries/" + delivery.get("id").asText() + "/message"));
        var sameBytes = Http.send("POST", record(), Map.of("Content-Type", "application/fhir+json"),
                message.get("bundle").asText());

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(sameBytes.statusCode()).isEqualTo(200);
        arrivedOnce("P-8", 8, "LA6709-5", 1, 1, 1, 2, 2, 0, 0, 1, 0);
        assertThat(result(practitioner, assessment).at("/assessment/score/band").asText()).isEqualTo("mild");
        assertThat(Clinic.json(practitioner.get("/epr/needs")).get("safety")).isEmpty();
    }

    @Test
    void an_answer_of_the_record_that_is_lost_on_its_way_is_looked_for_and_nothing_is_there_twice() {
        var clinic = Clinic.create();
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var practitioner = clinic.practitioner();
        practitioner.send("POST", "/epr/sandbox/misbehaviour", "{\"kind\": \"LOST_ANSWER\", \"times\": 1}");
        var assessment = assign(practitioner, "P-9", "gad-7");

        Questionnaire.open(clinic, assessment.get("link").asText()).answer(3, 3, 3, 2, 1, 0, 0).finish();

        assertThat(delivered(practitioner, assessment).get("life").findValuesAsText("what"))
                .endsWith("no-answer", "looked-and-found");
        var scores = Clinic.json(Http.send("GET", clinic.at("/sandbox/" + clinic.id() + "/Observation"),
                Map.of("Authorization", "Bearer " + clinic.bearer()), ""));
        assertThat(scores.get("entry")).hasSize(1);
    }

    @Test
    void the_sandbox_record_takes_what_the_demo_sends() {
        var clinic = Clinic.create();
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-1", "gad-7");

        Questionnaire.open(clinic, assessment.get("link").asText()).answer(3, 3, 3, 2, 1, 0, 0).finish();

        assertThat(delivered(practitioner, assessment).get("state").asText()).isEqualTo("DELIVERED");
        assertThat(practitioner.get("/epr/sandbox").body()).contains("Observation");
        assertThat(clinic.administrator().get("/core/ledger").body()).contains("ASSESSMENT");
    }

    @Test
    void a_link_is_of_the_browser_that_opened_it_first() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var assessment = assign(clinic.practitioner(), "P-2", "phq-9");
        var code = assessment.get("link").asText().split("#")[1];
        Questionnaire.open(clinic, assessment.get("link").asText());

        var second = Http.send("POST", clinic.at("/api/" + clinic.id() + "/epr/questionnaire/exchange"),
                Map.of("Content-Type", "application/json", "X-Sluse-Request", "1"),
                "{\"code\": \"" + code + "\"}");

        assertThat(second.statusCode()).isEqualTo(410);
        assertThat(second.body()).contains("link-not-in-use");
    }

    @Test
    void missing_answers_are_named_and_nothing_is_sent() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-3", "phq-9");

        var refused = Questionnaire.open(clinic, assessment.get("link").asText()).answer(1, 2).finish();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Clinic.json(refused).get("errors")).hasSize(7);
        assertThat(Clinic.json(practitioner.get("/epr/deliveries")).get("deliveries")).isEmpty();
    }

    @Test
    void while_the_record_is_down_nothing_is_lost_and_the_page_says_so() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-4", "phq-9");
        Questionnaire.open(clinic, assessment.get("link").asText()).answer(1, 1, 1, 1, 1, 1, 1, 1, 0).finish();

        Await.until("the delivery waits", 20, TimeUnit.SECONDS,
                () -> practitioner.get("/epr/deliveries").body().contains("WAITING"));
        createPatient("P-4");
        Clinic.operator("PUT", "/" + clinic.id() + "/plugins/epr/settings", "{\"base\": \"" + record() + "\"}");

        assertThat(delivered(practitioner, assessment).get("state").asText()).isEqualTo("DELIVERED");
        arrivedOnce("P-4", 8, "LA6709-5", 1, 1, 1, 1, 1, 1, 1, 1, 0);
    }

    @Test
    void a_colleague_sees_neither_the_patient_nor_the_result() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var practitioner = clinic.practitioner();
        var assessment = assign(practitioner, "P-5", "phq-9");
        Clinic.operator("POST", "/" + clinic.id() + "/people",
                "{\"subject\": \"practitioner-2\", \"name\": \"Practitioner 2\", \"roles\": [\"practitioner\"]}");
        var colleague = Staff.signIn(clinic, "practitioner-2");

        assertThat(colleague.get("/epr/assessments/" + assessment.get("id").asText()).statusCode()).isEqualTo(404);
        assertThat(Clinic.json(colleague.get("/epr/patients")).get("patients")).isEmpty();
    }

    @Test
    void a_link_of_one_clinic_opens_nothing_at_another() {
        var clinic = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var other = Clinic.create().delivering(URI.create("http://127.0.0.1:9/fhir"));
        var held = Questionnaire.open(clinic, assign(clinic.practitioner(), "P-6", "phq-9").get("link").asText());

        var foreign = Http.send("GET", other.at("/api/" + other.id() + "/epr/questionnaire"), held.headers(), "");

        assertThat(foreign.statusCode()).isEqualTo(401);
    }

    private static JsonNode assign(Staff practitioner, String number, String instrument) {
        var patient = Clinic.json(practitioner.send("POST", "/epr/patients", "{\"number\": \"" + number + "\"}"));
        var assigned = practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"%s\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText(), instrument));
        assertThat(assigned.statusCode()).as(assigned.body()).isEqualTo(201);
        return Clinic.json(assigned);
    }

    private static JsonNode result(Staff practitioner, JsonNode assessment) {
        return Clinic.json(practitioner.get("/epr/assessments/" + assessment.get("id").asText()));
    }

    private static JsonNode delivered(Staff practitioner, JsonNode assessment) {
        var path = "/epr/deliveries?assessment=" + assessment.get("id").asText();
        Await.until("the delivery is in the record: " + practitioner.get(path).body(), 90, TimeUnit.SECONDS,
                () -> practitioner.get(path).body().contains("DELIVERED"));
        return Clinic.json(practitioner.get(path)).get("deliveries").get(0);
    }

    private static void createPatient(String number) {
        var made = Http.send("POST", URI.create(record() + "/Patient"), Map.of("Content-Type", "application/fhir+json"),
                """
                        {"resourceType": "Patient", "identifier": [{"system": "https://sluse.org/fhir/patient-number", "value": "%s"}]}"""
                        .formatted(number));
        assertThat(made.statusCode()).isEqualTo(201);
    }

    /** Everything of the patient in the real record, read back and compared with what was answered. */
    private static void arrivedOnce(String number, int total, String band, int... points) {
        var response = only("QuestionnaireResponse", "subject.identifier=" + number);
        var score = only("Observation", "subject.identifier=" + number);
        var provenance = only("Provenance", "target=" + place(score));
        var answers = new ArrayList<String>();
        response.get("item").forEach(item -> answers.add(item.at("/answer/0/valueCoding/code").asText()));

        assertThat(answers).containsExactlyElementsOf(
                IntStream.of(points).mapToObj(Questionnaire.CHOICES::get).toList());
        assertThat(response.get("status").asText()).isEqualTo("completed");
        assertThat(score.at("/code/coding/0/code").asText()).isEqualTo("44261-6");
        assertThat(score.at("/valueQuantity/value").asInt()).isEqualTo(total);
        assertThat(score.at("/interpretation/0/coding/0/code").asText()).isEqualTo(band);
        assertThat(score.at("/derivedFrom/0/reference").asText()).isEqualTo(place(response));
        assertThat(score.get("subject")).isEqualTo(response.get("subject"));
        assertThat(provenance.at("/entity/0/what/reference").asText()).isEqualTo(place(response));
        assertThat(List.of(response, score, provenance)).extracting(one -> one.at("/meta/versionId").asText())
                .containsOnly("1");
    }

    private static String place(JsonNode resource) {
        return resource.get("resourceType").asText() + "/" + resource.get("id").asText();
    }

    private static JsonNode only(String type, String query) {
        var found = Clinic.json(Http.send("GET", URI.create(record() + "/" + type + "?" + query + "&_format=json"),
                Map.of("Cache-Control", "no-cache"), ""));
        assertThat(found.path("entry")).as(type).hasSize(1);
        return found.at("/entry/0/resource");
    }
}
