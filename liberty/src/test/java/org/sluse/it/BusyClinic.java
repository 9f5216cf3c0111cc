// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sluse.actor.Role;

/** A clinic at work: both modules on, a session with a patient who has opened the link, a questionnaire begun, another one delivered. */
final class BusyClinic {

    private final Clinic clinic;
    private final String marker;
    private final Staff administrator;
    private final Staff practitioner;
    private final Map<String, String> invitation;
    private final Questionnaire questionnaire;
    private final Ids ids;

    /** What an address or a body names. */
    record Ids(String session, String patient, String begun, String delivered, String delivery, String person,
            String paper, String invitationCode, String questionnaireCode) {

        private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

        /** Well formed, and nobody's. */
        static Ids unknown() {
            var code = "AAAAAAAAQACAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA";
            return new Ids(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, code, code);
        }
    }

    /** @param marker a word that stands in everything that somebody typed there */
    BusyClinic(String marker) {
        this.marker = marker;
        this.clinic = Clinic.create().with("video", "{}", "[\"addresses-visible\"]");
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        this.administrator = clinic.administrator();
        this.practitioner = clinic.practitioner();
        var session = schedule();
        this.invitation = Invitation.open(clinic, schedule().get("invitation").asText()).headers();
        var patient = made(practitioner.send("POST", "/epr/patients",
                "{\"number\": \"%s-1\", \"name\": \"%s\"}".formatted(marker, marker)));
        var delivered = assign(patient, "gad-7");
        Questionnaire.open(clinic, delivered.get("link").asText()).answer(1, 1, 1, 1, 1, 1, 1).finish();
        var begun = assign(patient, "phq-9");
        this.questionnaire = Questionnaire.open(clinic, begun.get("link").asText()).answer(1, 2);
        Await.until("the first questionnaire is delivered", 30, TimeUnit.SECONDS,
                () -> deliveries().findValuesAsText("state").equals(List.of("DELIVERED")));
        this.ids = new Ids(session.get("id").asText(), patient.get("id").asText(), begun.get("id").asText(),
                delivered.get("id").asText(), deliveries().findValue("id").asText(),
                Clinic.json(administrator.get("/core/people")).findValue("id").asText(),
                Clinic.json(administrator.get("/core/papers")).findValue("id").asText(), code(session, "invitation"),
                code(assign(patient, "gad-7"), "link"));
    }

    Clinic clinic() {
        return clinic;
    }

    Ids ids() {
        return ids;
    }

    String marker() {
        return marker;
    }

    Staff practitioner() {
        return practitioner;
    }

    /** What somebody of this clinic sends along who has the role in the module; of several the first. */
    Map<String, String> headers(Role role, String plugin) {
        return switch (role) {
            case PRACTITIONER -> staff(practitioner);
            case ADMINISTRATOR -> staff(administrator);
            case LINK_HOLDER -> plugin.equals("video") ? invitation : questionnaire.headers();
            case OPERATOR -> Map.of("Authorization", "Bearer " + RunningServer.get().operatorToken(), "Content-Type",
                    "application/json");
            case ANYONE -> json(new HashMap<>());
        };
    }

    /** Each of them, one after the other: everything that somebody of this clinic can hold. */
    List<Map<String, String>> everyCredential() {
        return List.of(staff(practitioner), staff(administrator), invitation, questionnaire.headers(),
                json(new HashMap<>(Map.of("Authorization", "Bearer " + clinic.bearer()))));
    }

    /** Everything that people of this clinic see of it, in the order of asking; what only tells the time is left out. */
    List<String> seen() {
        var seen = new ArrayList<String>();
        for (var path : List.of("/video/sessions?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z",
                "/video/sessions/" + ids.session(), "/epr/patients", "/epr/assessments",
                "/epr/assessments/" + ids.begun(), "/epr/assessments/" + ids.delivered(), "/epr/deliveries",
                "/epr/sandbox", "/epr/needs")) {
            seen.add(practitioner.get(path).body());
        }
        for (var path : List.of("/core/people", "/core/modules", "/core/papers", "/core/ledger", "/core/me")) {
            seen.add(administrator.get(path).body());
        }
        seen.add(questionnaire.show().get("answers").toString());
        return seen;
    }

    String ticket() {
        return Clinic.json(practitioner.send("POST", "/video/tickets/sessions/" + ids.session(), "{}"))
                .get("ticket")
                .asText();
    }

    private JsonNode deliveries() {
        return Clinic.json(practitioner.get("/epr/deliveries")).get("deliveries");
    }

    private JsonNode schedule() {
        return made(practitioner.send("POST", "/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"%s\", \"displayName\": \"%s\"}"
                        .formatted(Instant.now().plusSeconds(60), marker, marker)));
    }

    private JsonNode assign(JsonNode patient, String instrument) {
        return made(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"%s\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText(), instrument)));
    }

    private static Map<String, String> staff(Staff staff) {
        return json(new HashMap<>(Map.of("Cookie", staff.cookieHeader())));
    }

    private static Map<String, String> json(Map<String, String> headers) {
        headers.put("Content-Type", "application/json");
        headers.put("X-Sluse-Request", "1");
        return headers;
    }

    private static String code(JsonNode made, String member) {
        return made.get(member).asText().split("#")[1];
    }

    private static JsonNode made(HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            throw new AssertionError("Nothing was made: " + answer.statusCode() + " " + answer.body());
        }
        return Clinic.json(answer);
    }
}
