// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A plugin, and what it needs to be switched on.
 *
 * @param id its id
 * @param settings JSON object of the settings that it needs; <code>{}</code> when it needs none
 * @param accept JSON array of the acknowledgements that it asks for
 */
public record PluginUnderTest(String id, String settings, String accept) {

    private static final Pattern MISSING_PAPER = Pattern.compile(
            "\"module\":\"(?<module>[^\"]+)\",\"recipient\":\"(?<recipient>[^\"]+)\",\"party\":\"[^\"]*\",\"kind\":\"(?<kind>[^\"]+)\",\"state\":\"MISSING\"");

    /** Sets what it needs, files the papers of its recipients, and switches it on. */
    void switchOn(TestClinic clinic) {
        prepare(clinic);
        var on = wantOn(clinic);
        assertEquals(200, on.statusCode(), on.body());
    }

    void switchOff(TestClinic clinic) {
        var off = clinic.operator("PUT", "/plugins/" + id, "{\"on\": false}");
        assertEquals(200, off.statusCode(), off.body());
    }

    /** Everything but switching it on. */
    void prepare(TestClinic clinic) {
        set(clinic);
        missingPapers(clinic).forEach(paper -> {
            var filed = clinic.operator("POST", "/papers",
                    """
                            {"module": "%s", "recipient": "%s", "kind": "%s", "version": "1.0", "signer": "Manager 1", "signedOn": "2026-01-01", "sha256": "%s"}"""
                            .formatted(paper.group("module"), paper.group("recipient"), paper.group("kind"),
                                    "0f".repeat(32)));
            assertEquals(201, filed.statusCode(), filed.body());
        });
    }

    void set(TestClinic clinic) {
        var set = clinic.operator("PUT", "/plugins/" + id + "/settings", settings);
        assertEquals(204, set.statusCode(), set.body());
    }

    HttpResponse<String> wantOn(TestClinic clinic) {
        return clinic.operator("PUT", "/plugins/" + id, "{\"on\": true, \"accept\": " + accept + "}");
    }

    List<MatchResult> missingPapers(TestClinic clinic) {
        return MISSING_PAPER.matcher(clinic.operator("GET", "/papers", "").body()).results().toList();
    }
}
