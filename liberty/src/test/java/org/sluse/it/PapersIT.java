// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PapersIT {

    private static final String ON = "{\"on\": true, \"accept\": [\"crisis-numbers\"]}";

    private final Clinic clinic = Clinic.create();
    private final Staff administrator = clinic.administrator();

    @Test
    void a_module_stays_off_until_the_last_paper_is_there_and_then_still_waits_for_a_person() {
        set("{}");
        var none = administrator.send("PUT", "/core/modules/epr", ON);
        file("AGREEMENT", "");
        var one = administrator.send("PUT", "/core/modules/epr", ON);
        file("RISK_ASSESSMENT", "");

        assertThat(none.statusCode()).isEqualTo(409);
        assertThat(Clinic.json(none).findValuesAsText("code")).containsExactly("paper-AGREEMENT",
                "paper-RISK_ASSESSMENT");
        assertThat(one.statusCode()).isEqualTo(409);
        assertThat(Clinic.json(one).findValuesAsText("code")).containsExactly("paper-RISK_ASSESSMENT");
        assertThat(module().get("state").asText()).isEqualTo("OFF");
        assertThat(administrator.send("PUT", "/core/modules/epr", ON).statusCode()).isEqualTo(200);
        assertThat(module().get("state").asText()).isEqualTo("ON");
    }

    @Test
    void a_paper_that_ends_takes_its_module_with_it_and_says_why() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var practitioner = clinic.practitioner();
        var before = practitioner.get("/epr/patients").statusCode();
        var agreement = Clinic.json(administrator.get("/core/papers")).at("/required/0/paper/id").asText();

        var ended = administrator.send("POST", "/core/papers/" + agreement + "/end", "");

        assertThat(before).isEqualTo(200);
        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(practitioner.get("/epr/patients").statusCode()).isEqualTo(404);
        assertThat(module().get("state").asText()).isEqualTo("PENDING");
        assertThat(module().at("/reasons/0/text").asText())
                .isEqualTo("The agreement with Record of the tests has ended.");
        assertThat(administrator.send("PUT", "/core/modules/epr", ON).statusCode()).isEqualTo(409);
    }

    @Test
    void another_recipient_in_the_settings_needs_papers_of_its_own() {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));

        set("{\"name\": \"Another record\"}");

        assertThat(module().get("state").asText()).isEqualTo("PENDING");
        assertThat(Clinic.json(administrator.get("/core/papers")).get("required").findValuesAsText("state"))
                .containsExactly("MISSING", "MISSING");
    }

    @Test
    void outside_the_eea_a_basis_of_transfer_is_needed_too() {
        set("{\"country\": \"US\"}");

        assertThat(Clinic.json(administrator.get("/core/papers")).get("required").findValuesAsText("kind"))
                .containsExactly("AGREEMENT", "RISK_ASSESSMENT", "TRANSFER_BASIS");
    }

    @Test
    void a_paper_whose_last_day_has_passed_does_not_let_a_module_on() {
        set("{}");
        file("AGREEMENT", ", \"validUntil\": \"2026-01-31\"");
        file("RISK_ASSESSMENT", "");

        var refused = administrator.send("PUT", "/core/modules/epr", ON);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("AGREEMENT of recipient 'epr' is ENDED; right would be");
    }

    @Test
    void a_module_without_recipients_needs_no_paper() {
        clinic.with("video", "{}", "[\"addresses-visible\"]");

        assertThat(Clinic.json(administrator.get("/core/papers")).get("required")).isEmpty();
    }

    @Test
    void filing_and_ending_are_in_the_clinics_own_audit_log() {
        set("{}");
        file("AGREEMENT", "");
        var id = Clinic.json(administrator.get("/core/papers")).at("/papers/0/id").asText();
        administrator.send("POST", "/core/papers/" + id + "/end", "");

        var rows = Clinic.json(administrator.get("/core/audit")).get("rows");
        var acts = new ArrayList<String>();
        rows.forEach(row -> {
            if (row.path("object").asText().equals(id)) {
                acts.add(row.get("objectType").asText() + " " + row.get("action").asText());
            }
        });

        assertThat(acts).containsExactly("Paper CHANGE", "Paper CREATE");
    }

    @Test
    void what_is_wrong_with_a_paper_is_said_at_its_member() {
        set("{}");

        var refused = administrator.send("POST", "/core/papers", Clinic.paper("AGREEMENT", "").replace("0f0f", "xyz"));
        var nobody = administrator.send("POST", "/core/papers",
                Clinic.paper("AGREEMENT", "").replace("\"recipient\": \"epr\"", "\"recipient\": \"nobody\""));

        assertThat(List.of(refused.statusCode(), nobody.statusCode())).containsOnly(422);
        assertThat(Clinic.json(refused).at("/errors/0/pointer").asText()).isEqualTo("/sha256");
        assertThat(Clinic.json(nobody).at("/errors/0/pointer").asText()).isEqualTo("/recipient");
    }

    private void set(String more) {
        var settings = clinic.recordSettings(clinic.at("/sandbox/" + clinic.id()));
        assertThat(administrator.send("PUT", "/core/modules/epr/settings", settings).statusCode()).isEqualTo(200);
        assertThat(administrator.send("PUT", "/core/modules/epr/settings", more).statusCode()).isEqualTo(200);
    }

    private void file(String kind, String more) {
        assertThat(administrator.send("POST", "/core/papers", Clinic.paper(kind, more)).statusCode()).isEqualTo(201);
    }

    private JsonNode module() {
        for (var module : Clinic.json(administrator.get("/core/modules?lang=en")).get("modules")) {
            if (module.get("id").asText().equals("epr")) {
                return module;
            }
        }
        throw new AssertionError("There is no module 'epr'");
    }
}
