// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A patient's browser on a questionnaire: holds the link, answers, sends. */
final class Questionnaire {

    static final List<String> CHOICES = List.of("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9");

    private final Clinic clinic;
    private final Map<String, String> headers = new HashMap<>(
            Map.of("Content-Type", "application/json", "X-Sluse-Request", "1"));

    private Questionnaire(Clinic clinic) {
        this.clinic = clinic;
    }

    /** Opens {@code /{tenant}/q#CODE}. */
    static Questionnaire open(Clinic clinic, String link) {
        var questionnaire = new Questionnaire(clinic);
        var exchanged = questionnaire.send("POST", "/exchange", "{\"code\": \"" + link.split("#")[1] + "\"}");
        if (exchanged.statusCode() != 200) {
            throw new AssertionError("The link was not taken: " + exchanged.body());
        }
        questionnaire.headers.put("Cookie", exchanged.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
        questionnaire.headers.put("X-Sluse-Link", Clinic.json(exchanged).get("link").asText());
        return questionnaire;
    }

    JsonNode show() {
        return Clinic.json(send("GET", "", ""));
    }

    /** Answers the questions in order with these points. */
    Questionnaire answer(int... points) {
        var items = show().get("items");
        for (var i = 0; i < points.length; i++) {
            var saved = answer(items.get(i).get("linkId").asText(), points[i]);
            if (saved.statusCode() != 200) {
                throw new AssertionError("The answer was not saved: " + saved.body());
            }
        }
        return this;
    }

    HttpResponse<String> answer(String linkId, int points) {
        return send("PUT", "/answers/" + linkId, "{\"code\": \"" + CHOICES.get(points) + "\"}");
    }

    HttpResponse<String> finish() {
        return send("POST", "/send", "");
    }

    Map<String, String> headers() {
        return headers;
    }

    HttpResponse<String> send(String method, String path, String body) {
        return Http.send(method, clinic.at("/api/" + clinic.id() + "/epr/questionnaire" + path), headers, body);
    }
}
