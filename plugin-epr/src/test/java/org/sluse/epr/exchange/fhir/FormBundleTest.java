// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.exchange.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.sluse.epr.assessment.Assessment.State;
import org.sluse.epr.exchange.Completed;
import org.sluse.epr.form.Form;
import org.sluse.epr.form.FormAssessment;
import org.sluse.epr.form.FormsAtHand;
import org.sluse.epr.sdc.Given;
import org.sluse.epr.sdc.OpenForm;

class FormBundleTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private static Completed.OfForm completed(String content, Map<String, List<Given>> answers) {
        var open = OpenForm.begun(content, NOON);
        answers.forEach((key, given) -> assertThat(open.put(Map.of(key, given), "en")).isEmpty());
        var form = new Form(ID, "https://clinic.example/Questionnaire/sleep", "1", "Sleep", List.of("en"), 2, content,
                NOON, "administrator-1");
        return new Completed.OfForm(
                new FormAssessment(ID, ID, form, "en", "practitioner-1", State.COMPLETED, NOON, NOON,
                        Optional.of(NOON), Optional.of(NOON), 2, 2, 2),
                open.completed("en"));
    }

    private static FormBundle.Made made(Completed.OfForm completed) {
        return new FormBundle().of(completed, "urn:oid:1.2", "17");
    }

    private static <T> T entry(Bundle bundle, Class<T> type) {
        return bundle.getEntry()
                .stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_answers_what_the_form_marks_and_where_they_come_from_are_one_message() {
        var bundle = made(completed(FormsAtHand.SLEEP, Map.of("0", List.of(Given.text("7,5"))))).bundle();

        assertThat(bundle.getEntry()).extracting(one -> one.getResource().fhirType())
                .containsExactly("QuestionnaireResponse", "Observation", "Provenance");
        var response = entry(bundle, QuestionnaireResponse.class);
        assertThat(response.getQuestionnaire()).isEqualTo("https://clinic.example/Questionnaire/sleep|1");
        assertThat(response.getSubject().getReference()).isEqualTo("Patient?identifier=urn%3Aoid%3A1.2|17");
        var observation = entry(bundle, Observation.class);
        assertThat(observation.getValueQuantity().getValue()).isEqualByComparingTo("7.5");
        assertThat(observation.getValueQuantity().getCode()).isEqualTo("h");
        assertThat(observation.getDerivedFromFirstRep().getReference())
                .isEqualTo(bundle.getEntryFirstRep().getFullUrl());
        assertThat(entry(bundle, Provenance.class).getTarget()).hasSize(2);
        assertThat(bundle.getEntry()).allSatisfy(
                one -> assertThat(one.getRequest().getIfNoneExist()).as("sent twice, it is there once").isNotBlank());
    }

    @Test
    void the_same_answers_are_the_same_bytes() {
        var answers = Map.of("0", List.of(Given.text("7,5")));

        assertThat(text(made(completed(FormsAtHand.SLEEP, answers)).bundle()))
                .isEqualTo(text(made(completed(FormsAtHand.SLEEP, answers)).bundle()));
    }

    @Test
    void what_a_form_asks_for_beyond_that_is_left_out_and_said_and_the_answers_arrive() {
        var patient = FormsAtHand.SLEEP.replace("\"item\": [{\"linkId\": \"hours\"",
                """
                        "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-definitionExtract",
                         "extension": [{"url": "definition", "valueCanonical": "http://hl7.org/fhir/StructureDefinition/Patient"}]}],
                        "item": [{"linkId": "hours\"""");

        var made = made(completed(patient, Map.of("0", List.of(Given.text("7")))));

        assertThat(made.missing()).isNotEmpty();
        assertThat(made.bundle().getEntry()).extracting(one -> one.getResource().fhirType())
                .containsExactly("QuestionnaireResponse", "Observation", "Provenance");
    }

    @Test
    void only_declared_elements_leave() {
        var kinds = """
                {"resourceType": "Questionnaire", "url": "https://clinic.example/Questionnaire/sleep", "version": "1", "status": "active", "language": "en",
                 "extension": [{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract", "valueBoolean": true}],
                 "item": [{"linkId": "g", "type": "group", "item": [%s]}]}"""
                .formatted(String.join(",",
                        List.of("boolean", "decimal", "integer", "date", "dateTime", "time", "string",
                                "text", "url", "quantity", "attachment", "reference", "open-choice")
                                .stream()
                                .map(type -> """
                                        {"linkId": "%s", "type": "%s", "text": "Text", "code": [{"system": "http://s", "version": "1", "code": "%s", "display": "D"}]}"""
                                        .formatted(type, type, type))
                                .toList()));
        var answers = Map.ofEntries(answer(0, Given.text("true")), answer(1, Given.text("1.5")),
                answer(2, Given.text("3")), answer(3, Given.text("2026-01-01")),
                answer(4, Given.text("2026-01-01T10:00:00Z")), answer(5, Given.text("10:00")),
                answer(6, Given.text("a")),
                answer(7, Given.text("b")), answer(8, Given.text("https://a.example")),
                answer(9, Given.quantity("2", "kg")), answer(10, Given.file("a.txt", "text/plain", "aGVsbG8=")),
                answer(11, Given.text("Somebody")), answer(12, Given.text("Else")));

        var made = made(completed(kinds, answers));

        assertThat(paths(made.bundle())).allSatisfy(path -> assertThat(OutgoingElements.ASSESSMENT.contains(path)
                || OutgoingElements.IDENTITY.contains(path) || OutgoingElements.FORM.contains(path)).as(path).isTrue());
        assertThat(made.missing()).as("a file is no value of an Observation").hasSize(2);
    }

    private static Map.Entry<String, List<Given>> answer(int place, Given given) {
        return Map.entry("0.0/" + place, List.of(given));
    }

    private static String text(Bundle bundle) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle);
    }

    private static Set<String> paths(Bundle bundle) {
        var all = new TreeSet<String>();
        try (var reader = Json.createReader(new StringReader(text(bundle)))) {
            reader.readObject().getJsonArray("entry").forEach(entry -> {
                var resource = entry.asJsonObject().getJsonObject("resource");
                collect(resource, resource.getString("resourceType"), all);
            });
        }
        all.removeIf(path -> path.endsWith(".resourceType"));
        return all;
    }

    private static void collect(JsonValue value, String path, Set<String> all) {
        switch (value) {
            case JsonObject object -> object.forEach((name, inner) -> collect(inner, (path + "." + name)
                    .replaceFirst("^QuestionnaireResponse\\.item(\\.answer)?\\.item$", "QuestionnaireResponse.item"),
                    all));
            case JsonArray array -> array.forEach(inner -> collect(inner, path, all));
            default -> all.add(path);
        }
    }
}
