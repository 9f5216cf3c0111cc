// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sluse.epr.sdc.Forms.answer;
import static org.sluse.epr.sdc.Forms.extracted;
import static org.sluse.epr.sdc.Forms.form;
import static org.sluse.epr.sdc.Forms.response;
import static org.sluse.epr.sdc.Forms.said;
import static org.sluse.epr.sdc.Forms.written;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.hapi.ctx.HapiWorkerContext;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureMap;
import org.hl7.fhir.r4.utils.StructureMapUtilities;
import org.junit.jupiter.api.Test;

/** SDC 4.0, "StructureMap-based extraction" and "StructureMap-based population", with maps in the mapping language of FHIR R4. */
class StructureMapsTest {

    private static final String TO_PATIENT = """
            group main(source src : QuestionnaireResponse, target bundle : Bundle) {
              src -> bundle.type = 'transaction' "type";
              src -> bundle.entry as entry, entry.resource = create('Patient') as patient then person(src, patient) "person";
            }
            group person(source src, target patient) {
              src -> patient.id = uuid() "id";
              src.item as item where linkId = 'family' then {
                item.answer as answer then { answer.value as value -> patient.name as name, name.family = value "family"; } "answer";
              } "item";
            }
            """;

    @Test
    void a_map_makes_a_bundle_whose_entries_are_those_of_the_transaction() {
        var result = extracted(mapped(TO_PATIENT, "Bundle"), filled());

        assertThat(said(result.issues())).isEmpty();
        var entry = result.bundle().orElseThrow().getEntryFirstRep();
        assertThat(result.bundle().orElseThrow().getType()).isEqualTo(BundleType.TRANSACTION);
        assertThat(((Patient) entry.getResource()).getNameFirstRep().getFamily()).isEqualTo("Berg");
        assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.PUT);
        assertThat(entry.getRequest().getUrl()).startsWith("Patient/");
        assertThat(entry.getFullUrl()).startsWith("urn:uuid:");
    }

    @Test
    void a_map_may_make_one_resource() {
        var result = extracted(
                mapped("""
                        group main(source src : QuestionnaireResponse, target patient : Patient) {
                          src.item as item where linkId = 'family' then {
                            item.answer as answer then { answer.value as value -> patient.name as name, name.family = value "family"; } "answer";
                          } "item";
                        }
                        """,
                        "Patient"),
                filled());

        assertThat(said(result.issues())).isEmpty();
        var entry = result.bundle().orElseThrow().getEntryFirstRep();
        assertThat(entry.getRequest().getMethod()).isEqualTo(HTTPVerb.POST);
        assertThat(((Patient) entry.getResource()).getNameFirstRep().getFamily()).isEqualTo("Berg");
    }

    @Test
    void ids_by_chance_are_none_and_two_runs_give_the_same_bytes() {
        var one = extracted(mapped(TO_PATIENT, "Bundle"), filled()).bundle().orElseThrow();
        var two = extracted(mapped(TO_PATIENT, "Bundle"), filled()).bundle().orElseThrow();

        assertThat(written(one)).isEqualTo(written(two));
    }

    @Test
    void a_map_that_is_not_there_or_fails_is_an_issue_and_the_other_ways_go_on() {
        var form = mapped("""
                group main(source src : QuestionnaireResponse, target patient : Patient) {
                  src -> patient.colour = 'red' "colour";
                }
                """, "Patient");
        form.addExtension(Sdc.TARGET_MAP, new CanonicalType("https://clinic.example/StructureMap/elsewhere"));
        form.getItemFirstRep().addCode().setSystem("http://loinc.org").setCode("45392-8");
        Forms.marked(form.getItemFirstRep(), true);

        var result = extracted(form, filled());

        assertThat(said(result.issues())).contains(
                "The StructureMap 'https://clinic.example/StructureMap/map' cannot be run",
                "The form does not contain the StructureMap 'https://clinic.example/StructureMap/elsewhere'");
        assertThat(result.bundle().orElseThrow().getEntry()).hasSize(1);
    }

    @Test
    void a_map_that_does_not_end_is_an_issue() {
        var endless = extracted(mapped("""
                group main(source src : QuestionnaireResponse, target patient : Patient) {
                  src -> patient then main(src, patient) "again";
                }
                """, "Patient"), filled());
        var wide = extracted(
                mapped("""
                        group main(source src : QuestionnaireResponse, target patient : Patient) {
                          src.item as a then { src.item as b then { src.item as c then { src.item as d then {
                            src.item as e then { src.item as f then { src.item as g -> patient.active = true "g"; } "f"; } "e"; } "d"; } "c"; } "b"; } "a";
                        }
                        """,
                        "Patient"),
                many());
        var heavy = extracted(mapped("""
                group main(source src : QuestionnaireResponse, target patient : Patient) {
                  src where item.all(%resource.item.exists() or true).not() -> patient.active = true "heavy";
                  src where item.select(1 | 2).where('a'.matches('a')).exists() -> patient.active = true "regular";
                }
                """, "Patient"), filled());

        assertThat(said(endless.issues())).containsAnyOf("call each other without end", "take too much work");
        assertThat(said(wide.issues())).contains("take too much work");
        assertThat(said(heavy.issues())).contains("matches() is not evaluated in a StructureMap here");
    }

    @Test
    void a_text_that_would_grow_without_end_is_an_issue() {
        var doubled = new StringBuilder("src.id as a0 -> (%src.id & %src.id) as b0 then {\n");
        for (var number = 1; number < 40; number++) {
            doubled.append("src.id as a%1$d -> (%%b%2$d & %%b%2$d) as b%1$d then {\n".formatted(number, number - 1));
        }
        doubled.append("src -> patient.language = (%b39) \"end\";\n");
        for (var number = 39; number >= 0; number--) {
            doubled.append("} \"r%d\";\n".formatted(number));
        }
        var appended = new StringBuilder("src.id as a -> append(a, a) as b0");
        for (var number = 1; number < 30; number++) {
            appended.append(", append(b%1$d, b%1$d) as b%2$d".formatted(number - 1, number));
        }
        appended.append(", patient.language = (%b29) \"end\";");
        var chained = "src -> patient.language = (%src.id" + ".select($this & $this)".repeat(60) + ") \"end\";";
        var joined = "src -> patient.language = (%src.item.linkId.join(%src.item.linkId"
                + ".join(%src.item.linkId".repeat(20) + ")".repeat(21) + ") \"end\";";

        for (var rules : List.of(doubled.toString(), appended.toString(), chained, joined)) {
            assertThat(said(extracted(one(rules), many()).issues())).as(rules)
                    .contains("a text may become longer than 4194304 characters");
        }
    }

    @Test
    void texts_are_joined_and_appended_and_codes_made() {
        var result = extracted(
                one("""
                        src -> patient.language = (%src.item.linkId.join('+')) "joined";
                        src.id as id -> append('r-', id) as both then { src -> patient.gender = 'female', patient.maritalStatus = cc('http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', 'M') "code";
                          src -> patient.name as name, name.text = (%both) "name"; } "appended";"""),
                filled());

        assertThat(said(result.issues())).isEmpty();
        var patient = (Patient) result.bundle().orElseThrow().getEntryFirstRep().getResource();
        assertThat(patient.getLanguage()).isEqualTo("family");
        assertThat(patient.getMaritalStatus().getCodingFirstRep().getCode()).isEqualTo("M");
        assertThat(patient.getNameFirstRep().getText()).isEqualTo("r-" + filled().getIdElement().getIdPart());
    }

    @Test
    void a_map_asks_no_clock() {
        var form = one("src -> patient.birthDate = (today()) \"today\";\nsrc -> patient.deceased = (now()) \"now\";");
        var dated = filled().setAuthoredElement(new org.hl7.fhir.r4.model.DateTimeType("2026-11-28T23:30:00-02:00"));

        var result = extracted(form, dated);

        assertThat(said(result.issues())).isEmpty();
        var patient = (Patient) result.bundle().orElseThrow().getEntryFirstRep().getResource();
        assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("2026-11-29");
        assertThat(patient.getDeceasedDateTimeType().getValueAsString()).isEqualTo("2026-11-29T01:30:00.000+00:00");
        assertThat(said(extracted(form, filled()).issues())).contains("nobody knows when this is");
    }

    @Test
    void an_entry_that_says_half_of_what_is_to_be_done_gets_the_rest() {
        var result = extracted(
                mapped("""
                        group main(source src : QuestionnaireResponse, target bundle : Bundle) {
                          src -> bundle.entry as entry, entry.resource = create('Patient') as patient, patient.active = true then {
                            src -> entry.request as request, request.method = 'POST' "method";
                          } "entry";
                        }
                        """,
                        "Bundle"),
                filled());

        var request = result.bundle().orElseThrow().getEntryFirstRep().getRequest();
        assertThat(request.getMethod()).isEqualTo(HTTPVerb.POST);
        assertThat(request.getUrl()).isEqualTo("Patient");
    }

    @Test
    void a_map_in_the_mapping_language_takes_the_place_of_those_that_the_form_names() {
        var form = mapped(TO_PATIENT, "Bundle");
        var map = new FormReader(Forms.FHIR).readMap("""
                map "https://clinic.example/StructureMap/other" = "other"
                uses "http://hl7.org/fhir/StructureDefinition/QuestionnaireResponse" as source
                uses "http://hl7.org/fhir/StructureDefinition/Basic" as target
                group main(source src : QuestionnaireResponse, target basic : Basic) {
                  src -> basic.language = 'nb' "language";
                }
                """);

        Extraction.replaceMaps(form, List.of(map));

        assertThat(extracted(form, filled()).bundle().orElseThrow().getEntry()).singleElement()
                .satisfies(entry -> assertThat(entry.getResource().fhirType()).isEqualTo("Basic"));
        assertThatThrownBy(() -> new FormReader(Forms.FHIR).readMap("map of nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("This is no StructureMap of FHIR R4, and not in its mapping language");
    }

    private static Questionnaire one(String rules) {
        return mapped("group main(source src : QuestionnaireResponse, target patient : Patient) {\n" + rules + "\n}\n",
                "Patient");
    }

    @Test
    void a_form_is_filled_by_its_map_and_by_nothing_else() {
        var form = form();
        contained(form, """
                group main(source patient : Patient, target response : QuestionnaireResponse) {
                  patient.name as name -> response.item as item, item.linkId = 'family' then {
                    name.family as family -> item.answer as answer, answer.value = family "value";
                  } "item";
                }
                """, "Patient", "QuestionnaireResponse");
        form.addExtension(Sdc.SOURCE_MAP, new CanonicalType("#map"));
        form.addItem()
                .setLinkId("family")
                .setType(QuestionnaireItemType.STRING)
                .addInitial()
                .setValue(new StringType("nobody"));

        var result = populated(form, patient());

        assertThat(said(result.issues())).isEmpty();
        assertThat(result.response().getItem()).singleElement()
                .satisfies(item -> assertThat(item.getAnswerFirstRep().getValue().primitiveValue()).isEqualTo("Berg"));
        assertThat(result.response().getSubject().getReference()).isEqualTo("Patient/4");
    }

    @Test
    void a_map_takes_what_the_source_queries_find() {
        var form = form();
        contained(form,
                """
                        group main(source answers : Bundle, target response : QuestionnaireResponse) {
                          answers.entry as entry then { entry.resource : Bundle as found then { found.entry as inner then {
                            inner.resource : Patient as patient then { patient.name as name -> response.item as item, item.linkId = 'family' then {
                              name.family as family -> item.answer as answer, answer.value = family "value"; } "item"; } "patient"; } "inner"; } "found"; } "entry";
                        }
                        """,
                "Bundle", "QuestionnaireResponse");
        var queries = new Bundle().setType(BundleType.BATCH);
        queries.setId("queries");
        queries.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient?_id={{%patient.id}}");
        form.addContained(queries);
        form.addExtension(Sdc.SOURCE_MAP, new CanonicalType("#map"));
        form.addExtension(Sdc.SOURCE_QUERIES, new Reference("#queries"));

        var result = populated(form, patient());

        assertThat(said(result.issues())).isEmpty();
        assertThat(result.response().getItemFirstRep().getAnswerFirstRep().getValue().primitiveValue())
                .isEqualTo("Berg");
    }

    @Test
    void a_map_without_its_source_leaves_the_form_to_the_other_ways() {
        var form = form();
        contained(form, "group main(source encounter : Encounter, target response : QuestionnaireResponse) { }\n",
                "Encounter", "QuestionnaireResponse");
        form.addExtension(Sdc.SOURCE_MAP, new CanonicalType("#map"));
        form.addItem()
                .setLinkId("family")
                .setType(QuestionnaireItemType.STRING)
                .addInitial()
                .setValue(new StringType("as always"));

        var result = populated(form, patient());

        assertThat(said(result.issues()))
                .contains("The form's StructureMap takes a Encounter, and none was handed over");
        assertThat(result.response().getItemFirstRep().getAnswerFirstRep().getValue().primitiveValue())
                .isEqualTo("as always");
    }

    private static Questionnaire mapped(String groups, String target) {
        var form = form();
        contained(form, groups, "QuestionnaireResponse", target);
        form.addExtension(Sdc.TARGET_MAP, new CanonicalType("https://clinic.example/StructureMap/map"));
        form.addItem().setLinkId("family").setType(QuestionnaireItemType.STRING);
        return form;
    }

    private static void contained(Questionnaire form, String groups, String source, String target) {
        var text = """
                map "https://clinic.example/StructureMap/map" = "map"
                uses "http://hl7.org/fhir/StructureDefinition/%s" alias S as source
                uses "http://hl7.org/fhir/StructureDefinition/%s" alias T as target
                %s""".formatted(source, target, groups);
        StructureMap map = new StructureMapUtilities(new HapiWorkerContext(Forms.FHIR, new Structures(Forms.FHIR)))
                .parse(text, "map");
        map.setId("map");
        form.addContained(map);
    }

    private static QuestionnaireResponse filled() {
        var filled = response();
        filled.addItem(answer("family", new StringType("Berg")));
        return filled;
    }

    private static QuestionnaireResponse many() {
        var filled = filled();
        for (var number = 0; number < 30; number++) {
            filled.addItem(answer("family", new StringType("Berg")));
        }
        return filled;
    }

    private static Patient patient() {
        var patient = new Patient();
        patient.setId("Patient/4");
        patient.addName().setFamily("Berg");
        return patient;
    }

    private static Population.Result populated(Questionnaire form, Resource patient) {
        return new Population(Forms.FHIR).populate(form, new Population.Known(Optional.empty(),
                Map.of("patient", List.of(patient)), Instant.parse("2026-11-28T12:00:00Z")));
    }
}
