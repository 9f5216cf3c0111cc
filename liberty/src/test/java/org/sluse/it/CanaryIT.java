// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People type what is personal wherever they can. What is recorded on its way out holds what was declared, and nothing of the rest. */
class CanaryIT {

    private static final String DISPLAY_NAME = "Nightingale";
    private static final String NUMBER = "Nightjar-77";

    private final Relay provider = Relay.to(RunningServer.get().identityProvider());
    private final Relay host = Relay.to(RunningServer.get().base());
    private final Clinic clinic = Clinic.create(provider.instead()).with("video", "{}", "[\"addresses-visible\"]");

    @AfterEach
    void end() {
        provider.close();
        host.close();
    }

    @Test
    void a_delivery_holds_the_clinics_number_and_nothing_else_that_is_personal() {
        clinic.delivering(host.instead().resolve("/sandbox/" + clinic.id()));
        var practitioner = practitioner();
        var patient = Clinic.json(practitioner.send("POST", "/epr/patients",
                "{\"number\": \"%s\", \"name\": \"%s\"}".formatted(NUMBER, Canaries.inOneLine())));
        var assessment = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"phq-9\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText())));

        Questionnaire.open(clinic, assessment.get("link").asText()).answer(3, 3, 3, 3, 3, 3, 3, 3, 3).finish();
        practitioner.send("POST", "/epr/assessments/" + assessment.get("id").asText() + "/acknowledgement",
                "{\"note\": \"" + Canaries.inOneLine() + "\"}");
        Await.until("the questionnaire is delivered", 30, TimeUnit.SECONDS,
                () -> practitioner.get("/epr/deliveries").body().contains("DELIVERED"));

        // The planted one first: a search that is blind, or a record of nothing, would pass all that follows.
        assertThat(Canaries.isIn(host.left(), NUMBER)).isTrue();
        assertThat(host.left()).contains("QuestionnaireResponse", "LA6571-9");
        assertNothingPersonalIn(host.left());
        assertThat(provider.left()).contains("code_verifier");
        assertNothingPersonalIn(provider.left());
        assertThat(Canaries.isIn(provider.left(), NUMBER)).isFalse();
    }

    @Test
    void every_call_that_leaves_is_in_the_ledger() {
        clinic.delivering(host.instead().resolve("/sandbox/" + clinic.id()));
        var practitioner = practitioner();
        var patient = Clinic
                .json(practitioner.send("POST", "/epr/patients", "{\"number\": \"" + NUMBER + "\"}"));
        var assessment = Clinic.json(practitioner.send("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}"
                        .formatted(patient.get("id").asText())));

        Questionnaire.open(clinic, assessment.get("link").asText()).answer(1, 1, 1, 1, 1, 1, 1).finish();
        Await.until("the questionnaire is delivered", 30, TimeUnit.SECONDS,
                () -> practitioner.get("/epr/deliveries").body().contains("DELIVERED"));

        var calls = host.left().split(" HTTP/1.1\r\n", -1).length - 1;
        assertThat(calls).isPositive();
        assertThat(Clinic.json(clinic.administrator().get("/core/ledger")).get("rows")).hasSize(calls);
    }

    @Test
    void a_join_token_and_what_the_other_side_hears_hold_the_display_name_and_nothing_else_that_is_personal()
            throws ParseException {
        var practitioner = practitioner();
        var session = Clinic.json(practitioner.send("POST", "/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"%s\", \"displayName\": \"%s\"}"
                        .formatted(Instant.now().plusSeconds(60), Canaries.inOneLine(), DISPLAY_NAME)));
        var ticket = Clinic.json(
                practitioner.send("POST", "/video/tickets/sessions/" + session.get("id").asText(), "{}"))
                .get("ticket")
                .asText();
        var invitation = Invitation.open(clinic, session.get("invitation").asText());
        var host = Socket.open(clinic, "video", practitioner.cookieHeader()).say(join(ticket));
        // The ticket alone, in a browser that does not hold the link, opens nothing.
        assertThat(Socket.open(clinic, "video").say(join(invitation.ticket())).closed()).isEqualTo(4401);
        var patient = invitation.join();

        patient.hears("joined");
        patient.say(
                "{\"type\": \"knock\", \"camera\": \"WORKING\", \"microphone\": \"WORKING\", \"connection\": \"GOOD\"}");
        var waiting = host.hears("\"WAITING\"");
        host.say("{\"type\": \"admit\", \"participant\": \"" + waiting.findValue("participant").asText() + "\"}");
        var token = patient.hears("\"admitted\"").get("token").asText();

        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaims().keySet())
                .containsExactlyInAnyOrder("iss", "aud", "sub", "room", "role", "name", "exp", "jti");
        assertThat(Canaries.isIn(token, DISPLAY_NAME)).isTrue();
        assertNothingPersonalIn(token);
        var toPatient = String.join("\n", patient.heard());
        assertThat(Canaries.isIn(toPatient, DISPLAY_NAME)).isTrue();
        assertNothingPersonalIn(toPatient);
        assertNothingPersonalIn(session.get("invitation").asText());
    }

    @Test
    void what_a_fhir_endpoint_refuses_is_not_quoted_in_the_log() throws IOException {
        clinic.delivering(clinic.at("/sandbox/" + clinic.id()));
        var bearer = Map.of("Authorization", "Bearer " + clinic.bearer(), "Content-Type", "application/fhir+json");
        var sandbox = clinic.at("/sandbox/" + clinic.id() + "/Patient");

        var refused = List.of(
                Http.send("POST", sandbox, bearer, "{\"resourceType\": \"%s\"}".formatted(NUMBER)),
                Http.send("POST", sandbox, bearer, "{\"resourceType\": \"Patient\", \"%s\": ".formatted(NUMBER)),
                practitioner().browse(clinic.at("/fhir/" + clinic.id() + "/Observation?" + NUMBER + "=1")));

        assertThat(refused).allSatisfy(answer -> assertThat(answer.statusCode()).isBetween(400, 499));
        var log = Files.readString(RunningServer.get().data().resolve("logs/messages.log"));
        assertThat(log).isNotEmpty().doesNotContain(NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{\"a\":\"%s\"}", "x=%s&y", "Bearer %s"})
    void a_canary_is_seen_in_whatever_dress_it_leaves(String around) {
        for (var canary : Canaries.PERSONAL) {
            var bytes = canary.getBytes(StandardCharsets.UTF_8);
            var padded = ("x".repeat(7) + canary + "yyyyyyyy").getBytes(StandardCharsets.UTF_8);
            for (var dressed : new String[]{canary, java.net.URLEncoder.encode(canary, StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(padded), Base64.getUrlEncoder().encodeToString(padded),
                    java.util.HexFormat.of().formatHex(bytes), "eyJhbGciOiJub25lIn0."
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(padded) + ".signature"}) {
                assertThat(Canaries.isIn(around.formatted(dressed), canary)).as(dressed).isTrue();
            }
            assertThat(Canaries.isIn(around.formatted("nothing of the kind, and 12345678901 neither"), canary))
                    .isFalse();
        }
    }

    private Staff practitioner() {
        Clinic.operator("POST", "/" + clinic.id() + "/people",
                "{\"subject\": \"practitioner-2\", \"name\": \"%s\", \"roles\": [\"practitioner\"]}"
                        .formatted(Canaries.inOneLine()));
        return Staff.signIn(clinic, "practitioner-2");
    }

    private static String join(String ticket) {
        return "{\"type\": \"join\", \"ticket\": \"" + ticket + "\"}";
    }

    private static void assertNothingPersonalIn(String bytes) {
        assertThat(Canaries.PERSONAL).noneMatch(canary -> Canaries.isIn(bytes, canary));
    }
}
