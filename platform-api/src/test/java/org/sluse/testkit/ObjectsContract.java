// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a plugin is held to that keeps something for a clinic: it is this clinic's alone, it outlives a switch, and bad input leaves nothing behind. People sign in at the identity
 * provider that the system property {@code sluse.test.identity-provider} names. Extended and run as {@link PluginContract}.
 */
public abstract class ObjectsContract {

    private final PluginUnderTest plugin;
    private final String address;
    private final String body;

    /**
     * @param plugin with what it needs to be switched on
     * @param address where a practitioner reads what there is (GET), and makes something (POST); {@code %s} for the clinic
     * @param body a JSON object by which something is made, the same for every clinic; making it changes what GET answers
     */
    protected ObjectsContract(PluginUnderTest plugin, String address, String body) {
        this.plugin = plugin;
        this.address = address;
        this.body = body;
    }

    @Test
    void what_one_clinic_makes_its_twin_does_not_have() {
        var one = clinic();
        var twin = clinic();
        var before = read(twin.practitioner());

        make(one.practitioner());

        assertNotEquals(before, read(one.practitioner()));
        assertEquals(before, read(twin.practitioner()));
    }

    @Test
    void twins_that_make_the_same_have_it_each_for_itself() {
        var one = clinic();
        var twin = clinic();
        make(one.practitioner());
        make(twin.practitioner());
        var ofTwin = read(twin.practitioner());

        plugin.switchOff(one);

        assertEquals(ofTwin, read(twin.practitioner()));
        assertEquals(404, one.practitioner().send("GET", address, "").statusCode());
    }

    @Test
    void staff_of_one_clinic_are_nobody_at_its_twin() {
        var twin = clinic();
        var stranger = clinic().practitioner();
        var before = read(twin.practitioner());

        assertEquals(401, stranger.sendTo(twin, "GET", address, "").statusCode());
        assertEquals(401, stranger.sendTo(twin, "POST", address, body).statusCode());
        assertEquals(before, read(twin.practitioner()));
    }

    @Test
    void what_was_made_is_there_again_after_off_and_on() {
        var clinic = clinic();
        make(clinic.practitioner());
        var before = read(clinic.practitioner());

        plugin.switchOff(clinic);
        plugin.switchOn(clinic);

        assertEquals(before, read(clinic.practitioner()));
    }

    @Test
    void a_forged_field_and_bodies_that_are_none_are_refused_and_make_nothing() {
        var practitioner = clinic().practitioner();
        var before = read(practitioner);
        var forged = body.substring(0, body.lastIndexOf('}')) + ", \"forged\": \"yes\"}";

        assertAll(Stream.of(forged, "{", "[]", "null", "\"text\"", "{}", "{\"forged\": {}}", "x".repeat(10_000_000))
                .map(wrong -> () -> {
                    var answer = practitioner.send("POST", address, wrong);
                    var shown = wrong.length() > 100 ? wrong.length() + " bytes" : wrong;
                    assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500,
                            shown + ": " + answer.statusCode());
                    assertTrue(contentType(answer).startsWith("application/problem+json"),
                            shown + ": " + contentType(answer));
                }));
        assertEquals(before, read(practitioner));
    }

    private TestClinic clinic() {
        var clinic = TestClinic.withStaff();
        plugin.switchOn(clinic);
        return clinic;
    }

    private void make(TestPerson practitioner) {
        var made = practitioner.send("POST", address, body);
        assertTrue(made.statusCode() == 200 || made.statusCode() == 201, made.statusCode() + " " + made.body());
    }

    private String read(TestPerson practitioner) {
        var answer = practitioner.send("GET", address, "");
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }
}
