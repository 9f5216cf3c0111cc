// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.sluse.testkit.PluginUnderTest;
import org.sluse.testkit.RecipientContract;
import org.sluse.testkit.TestClinic;

/** Holds deliveries to the record to what is asked of everything that leaves, on the running server. */
public class EprRecipientIT extends RecipientContract {

    private static final String QUESTIONNAIRE = "/api/%s/epr/questionnaire";

    private static final Pattern LINK_ID = Pattern.compile("\"linkId\":\"([^\"]+)\"");

    public EprRecipientIT() {
        super("epr");
    }

    @Override
    protected PluginUnderTest sendingTo(URI recipient) {
        return new PluginUnderTest("epr",
                """
                        {"name": "Record of the tests", "address": "This machine", "country": "NO", "base": "%s"}"""
                        .formatted(recipient),
                "[\"crisis-numbers\"]");
    }

    /** A patient answers a questionnaire; the result goes out later. */
    @Override
    protected HttpResponse<String> send(TestClinic clinic) {
        var practitioner = clinic.practitioner();
        var added = ok(
                practitioner.send("POST", "/api/%s/epr/patients", "{\"number\": \"P-1\", \"name\": \"Patient 1\"}"));
        var assigned = ok(practitioner.send("POST", "/api/%s/epr/assessments",
                "{\"patient\": \"" + member("id", added) + "\", \"instrument\": \"gad-7\", \"language\": \"en\"}"));
        var patient = clinic.nobody();
        var exchanged = ok(patient.send("POST", QUESTIONNAIRE + "/exchange",
                "{\"code\": \"" + member("link", assigned).split("#")[1] + "\"}"));
        patient.holding(member("link", exchanged));
        LINK_ID.matcher(ok(patient.send("GET", QUESTIONNAIRE, "")))
                .results()
                .forEach(item -> ok(patient.send("PUT", QUESTIONNAIRE + "/answers/" + item.group(1),
                        "{\"code\": \"LA6568-5\"}")));
        return patient.send("POST", QUESTIONNAIRE + "/send", "");
    }

    private static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.body();
    }

    private static String member(String name, String json) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        assertThat(found.find()).as(name + " in " + json).isTrue();
        return found.group(1);
    }
}
