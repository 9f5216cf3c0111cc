// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElementPathsTest {

    @Test
    void each_primitive_has_a_path_without_array_indexes() throws JsonProcessingException {
        assertThat(
                paths("""
                        {"resourceType":"Observation","status":"final","code":{"coding":[{"code":"a"},{"code":"b","system":"s"}]},
                         "valueQuantity":{"value":4,"unit":null},"issued":true}"""))
                .containsExactly("Observation.code.coding.code",
                        "Observation.code.coding.system", "Observation.issued", "Observation.status",
                        "Observation.valueQuantity.unit",
                        "Observation.valueQuantity.value");
    }

    @Test
    void the_resource_of_an_entry_begins_a_path_of_its_own() throws JsonProcessingException {
        assertThat(
                paths("""
                        {"resourceType":"Bundle","type":"transaction","entry":[
                         {"fullUrl":"urn:uuid:1","request":{"method":"POST","url":"Observation"},"resource":{"resourceType":"Observation","status":"final"}},
                         {"resource":{"resourceType":"Provenance","recorded":"2026"}}]}"""))
                .containsExactly("Bundle.entry.fullUrl", "Bundle.entry.request.method",
                        "Bundle.entry.request.url", "Bundle.type", "Observation.status", "Provenance.recorded");
    }

    @Test
    void an_item_within_an_item_is_an_item_however_deep() throws JsonProcessingException {
        assertThat(
                paths("""
                        {"resourceType":"QuestionnaireResponse","item":[{"linkId":"a","item":[{"linkId":"b","answer":[{"valueString":"x",
                         "item":[{"linkId":"c","item":[{"answer":[{"valueBoolean":true}]}]}]}]}]}]}"""))
                .containsExactly(
                        "QuestionnaireResponse.item.answer.valueBoolean",
                        "QuestionnaireResponse.item.answer.valueString",
                        "QuestionnaireResponse.item.linkId");
        assertThat(paths("""
                {"resourceType":"Questionnaire","item":[{"item":[{"linkId":"a"}]}]}"""))
                .containsExactly("Questionnaire.item.item.linkId");
        assertThat(paths("""
                {"resourceType":"QuestionnaireResponse","item":[{"itemized":"a"}]}"""))
                .containsExactly("QuestionnaireResponse.item.itemized");
    }

    @Test
    void what_is_contained_extended_or_beside_a_primitive_is_seen() throws JsonProcessingException {
        assertThat(paths("""
                {"resourceType":"Observation","contained":[{"resourceType":"Patient","name":[{"family":"x"}]}],
                 "_status":{"extension":[{"valueString":"x"}]},"text":{"div":"x"}}""")).contains(
                "Observation.contained.name.family",
                "Observation._status.extension.valueString", "Observation.text.div");
    }

    @Test
    void nothing_hides_behind_the_name_of_the_type() throws JsonProcessingException {
        assertThat(paths("""
                {"resourceType":"Observation","subject":{"resourceType":"x"}}"""))
                .contains("Observation.subject.resourceType");
        assertThat(paths("""
                {"resourceType":{"note":"x"}}""")).containsExactly(".resourceType.note");
        assertThat(paths("""
                {"resourceType":"Bundle","entry":[{"resourceType":"x","resource":{"note":"x"}}]}""")).containsExactly(
                "Bundle.entry.resource.note",
                "Bundle.entry.resourceType");
    }

    @Test
    void what_is_not_an_object_has_a_path_that_nobody_grants() throws JsonProcessingException {
        assertThat(paths("\"Patient 4\"")).containsExactly("");
        assertThat(paths("[{\"resourceType\":\"Observation\",\"status\":\"final\"}]"))
                .allSatisfy(path -> assertThat(path).startsWith("."));
    }

    private static Set<String> paths(String json) throws JsonProcessingException {
        return ElementPaths.of(new JsonMapper().readTree(json));
    }
}
