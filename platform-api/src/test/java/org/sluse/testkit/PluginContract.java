// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every plugin is held to on a running server, over HTTP alone: a module that is off does not exist for that clinic. A plugin extends it in its own
 * test-jar. The server's address and its operator's token come as the system properties {@code sluse.test.server} and {@code sluse.test.operator-token}.
 */
public abstract class PluginContract {

    private static final Duration UNTIL_OFF = Duration.ofSeconds(2);

    private final PluginUnderTest plugin;

    /** @param plugin with what it needs to be switched on */
    protected PluginContract(PluginUnderTest plugin) {
        this.plugin = plugin;
    }

    /** Addresses that exist while the plugin is on, below the server, with {@code %s} for the clinic; at least one REST address. */
    protected abstract List<String> addresses();

    @Test
    void off_every_address_answers_like_that_of_a_clinic_that_nobody_has() {
        var clinic = TestClinic.create();

        assertAll(everyAddress().stream()
                .map(address -> () -> assertAlike(
                        ServerUnderTest.send("GET", ServerUnderTest.at(address.formatted("clinic-nowhere")), Map.of(),
                                ""),
                        clinic.get(address), address)));
    }

    @Test
    void on_every_address_is_there() {
        var clinic = TestClinic.create();
        plugin.switchOn(clinic);

        assertAll(everyAddress().stream()
                .map(address -> () -> assertFalse(clinic.get(address).statusCode() == 404, address)));
    }

    @Test
    void off_again_every_address_is_gone_within_two_seconds() {
        var clinic = TestClinic.create();
        plugin.switchOn(clinic);
        var switched = System.nanoTime();
        plugin.switchOff(clinic);

        assertAll(everyAddress().stream()
                .map(address -> () -> assertEquals(404, clinic.get(address).statusCode(), address)));
        assertTrue(Duration.ofNanos(System.nanoTime() - switched).compareTo(UNTIL_OFF) < 0, "later than " + UNTIL_OFF);
    }

    @Test
    void on_for_one_clinic_it_is_not_there_for_its_twin() {
        var twin = TestClinic.create();
        plugin.switchOn(TestClinic.create());

        assertAll(everyAddress().stream()
                .map(address -> () -> assertEquals(404, twin.get(address).statusCode(), address)));
    }

    @Test
    void the_register_has_its_activity_only_while_it_is_on() {
        var clinic = TestClinic.create();
        var row = "\"module\":\"" + plugin.id() + "\",\"moduleName\":\"";
        var before = activities(clinic);
        plugin.switchOn(clinic);
        var during = activities(clinic);
        plugin.switchOff(clinic);

        assertFalse(before.contains(row), before);
        assertTrue(during.contains(row), during);
        assertFalse(activities(clinic).contains(row));
    }

    @Test
    void a_setting_that_it_does_not_have_is_refused_with_those_that_it_has() {
        var refused = TestClinic.create()
                .operator("PUT", "/plugins/" + plugin.id() + "/settings", "{\"noSuchSetting\": \"x\"}");

        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("/noSuchSetting") && refused.body().contains("right would be one of"),
                refused.body());
    }

    @Test
    void switching_on_says_what_must_be_accepted() {
        var clinic = TestClinic.create();
        plugin.prepare(clinic);
        var answer = clinic.operator("PUT", "/plugins/" + plugin.id(), "{\"on\": true}");

        assertEquals(plugin.accept().equals("[]") ? 200 : 409, answer.statusCode(), answer.body());
    }

    @Test
    void nothing_goes_on_before_the_papers_of_its_recipients_are_filed() {
        var clinic = TestClinic.create();
        plugin.set(clinic);
        var missing = plugin.missingPapers(clinic);

        var answer = plugin.wantOn(clinic);

        assertEquals(missing.isEmpty() ? 200 : 409, answer.statusCode(), answer.body());
        missing.forEach(paper -> assertTrue(answer.body().contains("paper-" + paper.group("kind")), answer.body()));
    }

    private static String activities(TestClinic clinic) {
        var register = clinic.operator("GET", "/register?format=json", "").body();
        return register.substring(0, register.indexOf("\"off\":"));
    }

    /** The plugin's own addresses, and those that every plugin has. */
    private List<String> everyAddress() {
        return Stream.concat(addresses().stream(), Stream.of("/ui/%s/" + plugin.id() + "/messages/en.json")).toList();
    }

    private static void assertAlike(HttpResponse<String> expected, HttpResponse<String> actual, String address) {
        assertEquals(expected.statusCode(), actual.statusCode(), address);
        assertEquals(expected.body(), actual.body(), address);
        assertEquals(expected.headers().map().keySet(), actual.headers().map().keySet(), address);
    }
}
