// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Who has to want a module, and what the operator holds against it, seen from the clinic. */
class ModuleStatesIT {

    private static final URI ELSEWHERE = URI.create("https://record.example/fhir");

    private final Clinic clinic = Clinic.create();

    @Test
    void it_takes_two_people_where_data_about_health_leaves_this_machine() {
        var first = clinic.administrator();
        var second = second(first);
        complete(ELSEWHERE);

        var asked = turn(first, true);
        assertThat(asked.get("state").asText()).isEqualTo("PENDING");
        assertThat(asked.at("/asked/byYou").asBoolean()).isTrue();
        assertThat(turn(first, true).get("state").asText()).as("asked twice by the same person").isEqualTo("PENDING");
        assertThat(clinic.get("/api/" + clinic.id() + "/epr/patients").statusCode()).isEqualTo(404);
        assertThat(module(second).at("/asked/byYou").asBoolean()).isFalse();

        var unread = second.send("PUT", "/core/modules/epr", "{\"on\": true, \"accept\": [], \"confirms\": 1}");
        assertThat(unread.statusCode()).as("what was not asked for").isEqualTo(409);
        assertThat(confirm(second).get("state").asText()).isEqualTo("ON");
        assertThat(clinic.get("/api/" + clinic.id() + "/epr/patients").statusCode()).isEqualTo(401);
    }

    @Test
    void who_confirms_confirms_what_was_asked_for_and_not_what_was_set_since() {
        var first = clinic.administrator();
        var second = second(first);
        complete(ELSEWHERE);
        turn(first, true);
        var read = module(second).at("/asked/revision").asLong();

        complete(URI.create("https://other.example/fhir"));
        turn(first, true);

        var late = second.send("PUT", "/core/modules/epr",
                "{\"on\": true, \"accept\": [], \"confirms\": %d}".formatted(read));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(module(first).get("state").asText()).isEqualTo("PENDING");
    }

    @Test
    void what_was_asked_for_can_be_taken_back_by_anybody() {
        var first = clinic.administrator();
        var second = second(first);
        complete(ELSEWHERE);
        turn(first, true);

        assertThat(turn(second, false).get("state").asText()).isEqualTo("OFF");
        assertThat(turn(second, true).at("/asked/byYou").asBoolean()).as("a new question").isTrue();
    }

    @Test
    void another_record_needs_two_people_again() {
        var first = clinic.administrator();
        var second = second(first);
        complete(ELSEWHERE);
        turn(first, true);
        confirm(second);

        complete(URI.create("https://other.example/fhir"));

        assertThat(module(first).get("state").asText()).isEqualTo("OFF");
        assertThat(turn(first, true).get("state").asText()).isEqualTo("PENDING");
    }

    @Test
    void one_person_is_enough_for_a_record_on_this_machine() {
        complete(clinic.at("/sandbox/" + clinic.id()));

        assertThat(turn(clinic.administrator(), true).get("state").asText()).isEqualTo("ON");
    }

    @Test
    void a_refusal_of_the_operators_word_says_what_would_be_right() {
        for (var body : new String[]{"{\"killed\": true}", "{\"killed\": true, \"why\": \" \"}",
                "{\"killed\": true, \"recipient\": \"nobody\", \"why\": \"A test\"}"}) {
            assertThat(RunningServer.get().operate("PUT", "/plugins/epr/kill", body).statusCode()).as(body)
                    .isEqualTo(422);
        }
        for (var body : new String[]{"{\"stage\": \"HALF\", \"why\": \"A test\"}",
                "{\"stage\": \"PERCENT\", \"why\": \"A test\"}",
                "{\"stage\": \"PERCENT\", \"percent\": 101, \"why\": \"A test\"}",
                "{\"stage\": \"PILOT\", \"why\": \"A test\"}",
                "{\"stage\": \"PILOT\", \"pilots\": [\"clinic-nowhere\"], \"why\": \"A test\"}"}) {
            assertThat(RunningServer.get().operate("PUT", "/plugins/epr/rollout", body).statusCode()).as(body)
                    .isEqualTo(422);
        }
        assertThat(RunningServer.get()
                .operate("PUT", "/plugins/nothing/kill", "{\"killed\": true, \"why\": \"A test\"}")
                .statusCode()).isEqualTo(404);
    }

    /** The settings name this record, and every paper is there. */
    private void complete(URI record) {
        Clinic.operator("PUT", "/" + clinic.id() + "/plugins/epr/settings", clinic.recordSettings(record));
        clinic.filePapers();
    }

    private Staff second(Staff first) {
        first.send("POST", "/core/people",
                "{\"subject\": \"administrator-2\", \"name\": \"Administrator 2\", \"roles\": [\"administrator\"]}");
        return Staff.signIn(clinic, "administrator-2");
    }

    private JsonNode turn(Staff administrator, boolean on) {
        var answer = administrator.send("PUT", "/core/modules/epr",
                "{\"on\": %s, \"accept\": [\"crisis-numbers\"]}".formatted(on));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Clinic.json(answer);
    }

    /** What the second person has read. */
    private static JsonNode confirm(Staff second) {
        var answer = second.send("PUT", "/core/modules/epr", "{\"on\": true, \"accept\": [], \"confirms\": %d}"
                .formatted(module(second).at("/asked/revision").asLong()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Clinic.json(answer);
    }

    private static JsonNode module(Staff administrator) {
        for (var module : Clinic.json(administrator.get("/core/modules")).get("modules")) {
            if (module.get("id").asText().equals("epr")) {
                return module;
            }
        }
        throw new AssertionError("There is no such module");
    }
}
