// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleEnvelopeTest {

    private static final String FULL_URL = "urn:uuid:0f0f0f0f-0000-4000-8000-000000000001";
    private static final String OWN = "identifier=urn%3Asluse|a-1";

    @Test
    void an_envelope_that_says_only_what_its_resources_say_passes() {
        assertThat(suspicious("transaction", FULL_URL, "POST", "Observation", OWN)).isEmpty();
        assertThat(suspicious("transaction", FULL_URL, "POST", "Observation", "_tag=urn%3Atags|t-1")).isEmpty();
        assertThat(suspicious("transaction", FULL_URL, "PUT", "Observation/o-1", OWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "Ola Nordmann has 27 points; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; POST; Observation; Bundle.type",
            "transaction; https://record.example/Ola-Nordmann; POST; Observation; Bundle.entry.fullUrl",
            "transaction; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; Ola has 27; Observation; Bundle.entry.request.method",
            "transaction; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; POST; Observation?note=severe; Bundle.entry.request.url",
            "transaction; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; POST; severe depression; Bundle.entry.request.url",
            "KariNordmann; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; POST; Observation; Bundle.type",
            "transaction; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; KariNordmann; Observation; Bundle.entry.request.method",
            "transaction; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; PUT; Observation/15076500565; Bundle.entry.request.url",
            "transaction; urn:uuid:0f0f0f0f-0000-4000-8000-000000000001; POST; Patient; Bundle.entry.request.url"})
    void a_value_of_its_own_is_named(String type, String fullUrl, String method, String url, String element) {
        assertThat(suspicious(type, fullUrl, method, url, OWN)).isEqualTo(element);
    }

    @ParameterizedTest
    @CsvSource({"identifier=urn%3Asluse|a-2", "identifier=urn%3Aother|a-1", "identifier=a-1", "name=Nordmann", "severe",
            "identifier=urn%3Asluse|a-1&name=Nordmann", "_tag=urn%3Atags|t-2"})
    void a_condition_that_its_resource_does_not_meet_is_named(String condition) {
        assertThat(suspicious("transaction", FULL_URL, "POST", "Observation", condition))
                .isEqualTo("Bundle.entry.request.ifNoneExist");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": {\"a\": {\"request\": {\"url\": \"severe\"}}}}",
            "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [{\"request\": [{\"url\": \"severe\"}], \"resource\": {\"resourceType\": \"Observation\"}}]}",
            "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [{\"request\": {}, \"resource\": {\"resourceType\": \"Bundle\", \"type\": \"severe\"}}]}",
            "{\"resourceType\": \"Bundle\", \"type\": \"transaction\"}"})
    void another_shape_than_that_of_a_transaction_is_named(String bundle) {
        assertThat(BundleEnvelope.suspicious(json(bundle))).contains("Bundle.entry");
    }

    @Test
    void a_resource_without_an_envelope_has_none_to_look_at() {
        assertThat(BundleEnvelope.suspicious(json("{\"resourceType\": \"Observation\", \"type\": \"a text\"}")))
                .isEmpty();
    }

    private static String suspicious(String type, String fullUrl, String method, String url, String ifNoneExist) {
        return BundleEnvelope
                .suspicious(json(
                        """
                                {"resourceType": "Bundle", "type": "%s", "entry": [{"fullUrl": "%s",
                                 "resource": {"resourceType": "Observation", "id": "o-1", "identifier": [{"system": "urn:sluse", "value": "a-1"}], "meta": {"tag": [{"system": "urn:tags", "code": "t-1"}]}},
                                 "request": {"method": "%s", "url": "%s", "ifNoneExist": "%s"}}]}"""
                                .formatted(type, fullUrl, method, url, ifNoneExist)))
                .orElse("");
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(notJson);
        }
    }
}
