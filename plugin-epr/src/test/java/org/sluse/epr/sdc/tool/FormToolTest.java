// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script gets of files. */
class FormToolTest {

    private static final Path FORM = Path.of("../examples/form/questionnaire.json");
    private static final Path RESPONSE = Path.of("../examples/form/response.json");

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private final StringBuilder answer = new StringBuilder();
    private final StringBuilder issues = new StringBuilder();
    private final FormTool tool = new FormTool(answer::append, issues::append);

    @Test
    void a_response_whose_total_is_right_is_scored_without_an_issue() {
        assertThat(tool.score(FORM, RESPONSE)).isEqualTo(FormTool.WHOLE);

        assertThat(answer).contains("\"resourceType\": \"QuestionnaireResponse\"");
        assertThat(issues).isEmpty();
    }

    @Test
    void a_total_that_is_wrong_is_an_issue_beside_the_scored_response() throws IOException {
        var wrong = file(Files.readString(RESPONSE).replace("\"valueInteger\": 2", "\"valueInteger\": 9"));

        assertThat(tool.score(FORM, wrong)).isEqualTo(FormTool.PARTIAL);

        assertThat(answer).contains("\"valueInteger\": 2");
        assertThat(issues).contains("Item 'total' came as 9, and the form calculates 2",
                "QuestionnaireResponse.item[3]");
    }

    @Test
    void a_response_is_extracted_as_a_transaction() {
        assertThat(tool.extract(FORM, RESPONSE, List.of())).isEqualTo(FormTool.WHOLE);

        assertThat(answer).contains("\"type\": \"transaction\"", "\"code\": \"sleep\"", "\"code\": \"{score}\"");
        assertThat(issues).isEmpty();
    }

    @Test
    void what_r4_does_not_know_is_left_out_and_said() throws IOException {
        var odd = file(
                Files.readString(RESPONSE).replaceFirst("\"linkId\"", "\"code\": [{\"code\": \"a\"}], \"linkId\""));

        assertThat(tool.extract(FORM, odd, List.of())).isEqualTo(FormTool.WHOLE);

        assertThat(answer).contains("\"code\": \"{score}\"");
        assertThat(issues).contains("the unknown element 'code' was left out; R4 does not know it", "warning");
    }

    @Test
    void a_map_that_is_handed_over_is_used() throws IOException {
        var map = file("""
                map "https://clinic.example/StructureMap/basic" = "basic"
                uses "http://hl7.org/fhir/StructureDefinition/QuestionnaireResponse" as source
                uses "http://hl7.org/fhir/StructureDefinition/Basic" as target
                group main(source src : QuestionnaireResponse, target basic : Basic) {
                  src -> basic.language = 'nb' "language";
                }
                """);

        assertThat(tool.extract(FORM, RESPONSE, List.of(map))).isEqualTo(FormTool.WHOLE);
        assertThat(answer).contains("\"resourceType\": \"Basic\"");

        assertThat(tool.extract(FORM, RESPONSE, List.of(file("map")))).isEqualTo(FormTool.REFUSED);
        assertThat(issues).contains("This is no StructureMap of FHIR R4, and not in its mapping language");
    }

    @Test
    void a_draft_is_not_extracted() throws IOException {
        var draft = file(Files.readString(RESPONSE).replace("\"completed\"", "\"in-progress\""));

        assertThat(tool.extract(FORM, draft, List.of())).isEqualTo(FormTool.REFUSED);

        assertThat(answer).isEmpty();
        assertThat(issues).contains("The response is in-progress; right would be completed or amended");
    }

    @Test
    void what_is_no_form_is_refused_with_what_would_be_right() throws IOException {
        var missing = folder.resolve("missing.json");

        assertThat(tool.score(missing, RESPONSE)).isEqualTo(FormTool.REFUSED);
        assertThat(tool.score(file("<Questionnaire/>"), RESPONSE)).isEqualTo(FormTool.REFUSED);
        assertThat(tool.score(RESPONSE, RESPONSE)).isEqualTo(FormTool.REFUSED);
        assertThat(tool.score(file("{\"resourceType\":\"Questionnaire\",\"status\":\"colourful\"}"), RESPONSE))
                .isEqualTo(FormTool.REFUSED);
        var bytes = folder.resolve("bytes");
        Files.write(bytes, new byte[]{(byte) 0xff, (byte) 0xfe, 0});
        assertThat(tool.score(bytes, RESPONSE)).isEqualTo(FormTool.REFUSED);

        assertThat(answer).isEmpty();
        assertThat(issues).contains(
                "missing.json cannot be read; right would be a file with a Questionnaire of FHIR R4 as JSON",
                "This is no Questionnaire of FHIR R4: ",
                "This is a QuestionnaireResponse; right would be a Questionnaire of FHIR R4",
                "bytes is not text; right would be a Questionnaire of FHIR R4 as JSON in UTF-8");
    }

    @Test
    void a_form_is_filled_with_what_is_known() throws IOException {
        var patient = file("{\"resourceType\":\"Patient\",\"id\":\"4\",\"birthDate\":\"1984-05-17\"}");

        assertThat(tool.populate(FORM, Map.of("patient", patient), NOW)).isEqualTo(FormTool.WHOLE);

        assertThat(answer).contains("\"valueDate\": \"1984-05-17\"", "\"reference\": \"Patient/4\"");
        assertThat(issues).isEmpty();
    }

    @Test
    void a_form_of_which_something_is_unknown_is_filled_in_part() throws IOException {
        assertThat(tool.populate(FORM, Map.of(), NOW)).isEqualTo(FormTool.PARTIAL);
        assertThat(answer).contains("\"linkId\": \"born\"").doesNotContain("valueDate");
        assertThat(issues).contains("%patient has no value: no context of this name was handed over");

        assertThat(tool.populate(FORM, Map.of("patient", file("{\"resourceType\":\"Patients\"}")), NOW))
                .isEqualTo(FormTool.REFUSED);
        assertThat(issues).contains("This is a Patients; right would be a resource of FHIR R4");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "form", ".json"), text);
    }
}
