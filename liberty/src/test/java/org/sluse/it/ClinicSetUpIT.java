// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClinicSetUpIT {

    @Test
    void a_clinic_without_an_issuer_gets_a_link_that_works_once() {
        var made = Clinic.json(Clinic.operator("POST", "", "{\"name\": \"Set-up Clinic\"}"));
        var code = made.get("setupUrl").asText().split("#")[1];

        var first = redeem("set-up-clinic", code);
        var second = redeem("set-up-clinic", code);

        assertThat(first).isEqualTo(200);
        assertThat(second).isEqualTo(410);
    }

    @Test
    void a_wrong_code_sets_nothing() {
        Clinic.operator("POST", "", "{\"name\": \"Guarded Clinic\"}");

        assertThat(redeem("guarded-clinic", "guessed")).isEqualTo(410);
    }

    @Test
    void two_clinics_with_one_name_are_refused() {
        Clinic.operator("POST", "", "{\"name\": \"Same Clinic\"}");

        var again = Clinic.operator("POST", "", "{\"name\": \"Same Clinic\"}");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("same-clinic");
    }

    @Test
    void a_name_without_letters_is_refused_with_what_would_be_right() {
        var refused = Clinic.operator("POST", "", "{\"name\": \"123\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("right would be");
    }

    private static int redeem(String clinic, String code) {
        var server = RunningServer.get();
        return Http
                .send("POST", server.base().resolve("/api/" + clinic + "/core/set-up"),
                        Map.of("Content-Type", "application/json", "X-Sluse-Request", "1"),
                        """
                                {"code": "%s", "issuer": "%s", "clientId": "sluse", "subject": "administrator-1", "name": "Administrator 1"}"""
                                .formatted(code, server.identityProvider().resolve("/" + clinic)))
                .statusCode();
    }
}
