// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every plugin is held to on a running server, over HTTP alone: a module that is off does not exist for that clinic. A plugin extends it in its own
 * test-jar. The server's address and its operator's token come as the system properties {@code sluse.test.server} and {@code sluse.test.operator-token}.
 */
public abstract class PluginContract {

    private static final AtomicInteger CLINICS = new AtomicInteger();
    /** An author runs the contract again and again on one server, where a clinic's name is never free again. */
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Pattern MISSING_PAPER = Pattern.compile(
            "\"module\":\"(?<module>[^\"]+)\",\"recipient\":\"(?<recipient>[^\"]+)\",\"party\":\"[^\"]*\",\"kind\":\"(?<kind>[^\"]+)\",\"state\":\"MISSING\"");
    private static final Duration UNTIL_OFF = Duration.ofSeconds(2);

    private final String plugin;
    private final String settings;
    private final String accept;
    private final URI server = URI.create(System.getProperty("sluse.test.server", "http://127.0.0.1:8080"));
    private String clinic = "";

    /**
     * @param plugin its id
     * @param settings JSON object of the settings that it needs to be switched on; <code>{}</code> when it needs none
     * @param accept JSON array of the acknowledgements that it asks for
     */
    protected PluginContract(String plugin, String settings, String accept) {
        this.plugin = plugin;
        this.settings = settings;
        this.accept = accept;
    }

    /** Addresses that exist while the plugin is on, below the server, with {@code %s} for the clinic; at least one REST address. */
    protected abstract List<String> addresses();

    @BeforeEach
    void make_a_clinic() {
        clinic = make();
    }

    @Test
    void off_every_address_answers_like_that_of_a_clinic_that_nobody_has() {
        assertAll(everyAddress().stream()
                .map(address -> () -> assertAlike(get(address.formatted("clinic-nowhere")),
                        get(address.formatted(clinic)),
                        address)));
    }

    @Test
    void on_every_address_is_there() {
        switchOn(clinic);

        assertAll(everyAddress().stream()
                .map(address -> () -> assertFalse(get(address.formatted(clinic)).statusCode() == 404, address)));
    }

    @Test
    void off_again_every_address_is_gone_within_two_seconds() {
        switchOn(clinic);
        var switched = System.nanoTime();
        operator("PUT", "/" + clinic + "/plugins/" + plugin, "{\"on\": false}");

        assertAll(everyAddress().stream()
                .map(address -> () -> assertEquals(404, get(address.formatted(clinic)).statusCode(), address)));
        assertTrue(Duration.ofNanos(System.nanoTime() - switched).compareTo(UNTIL_OFF) < 0, "later than " + UNTIL_OFF);
    }

    @Test
    void on_for_one_clinic_it_is_not_there_for_its_twin() {
        var twin = make();
        switchOn(clinic);

        assertAll(everyAddress().stream()
                .map(address -> () -> assertEquals(404, get(address.formatted(twin)).statusCode(), address)));
    }

    @Test
    void the_register_has_its_activity_only_while_it_is_on() {
        var row = "\"module\":\"" + plugin + "\",\"moduleName\":\"";
        var before = activities();
        switchOn(clinic);
        var during = activities();
        operator("PUT", "/" + clinic + "/plugins/" + plugin, "{\"on\": false}");

        assertFalse(before.contains(row), before);
        assertTrue(during.contains(row), during);
        assertFalse(activities().contains(row));
    }

    @Test
    void a_setting_that_it_does_not_have_is_refused_with_those_that_it_has() {
        var refused = operator("PUT", "/" + clinic + "/plugins/" + plugin + "/settings", "{\"noSuchSetting\": \"x\"}");

        assertEquals(422, refused.statusCode());
        assertTrue(refused.body().contains("/noSuchSetting") && refused.body().contains("right would be one of"),
                refused.body());
    }

    @Test
    void switching_on_says_what_must_be_accepted() {
        prepare(clinic);
        var answer = operator("PUT", "/" + clinic + "/plugins/" + plugin, "{\"on\": true}");

        assertEquals(accept.equals("[]") ? 200 : 409, answer.statusCode(), answer.body());
    }

    @Test
    void nothing_goes_on_before_the_papers_of_its_recipients_are_filed() {
        operator("PUT", "/" + clinic + "/plugins/" + plugin + "/settings", settings);
        var missing = missingPapers(clinic);

        var answer = operator("PUT", "/" + clinic + "/plugins/" + plugin, "{\"on\": true, \"accept\": " + accept + "}");

        assertEquals(missing.isEmpty() ? 200 : 409, answer.statusCode(), answer.body());
        missing.forEach(paper -> assertTrue(answer.body().contains("paper-" + paper.group("kind")), answer.body()));
    }

    private String activities() {
        var register = operator("GET", "/" + clinic + "/register?format=json", "").body();
        return register.substring(0, register.indexOf("\"off\":"));
    }

    /** The plugin's own addresses, and those that every plugin has. */
    private List<String> everyAddress() {
        return java.util.stream.Stream
                .concat(addresses().stream(), java.util.stream.Stream.of("/ui/%s/" + plugin + "/messages/en.json"))
                .toList();
    }

    private static void assertAlike(HttpResponse<String> expected, HttpResponse<String> actual, String address) {
        assertEquals(expected.statusCode(), actual.statusCode(), address);
        assertEquals(expected.body(), actual.body(), address);
        assertEquals(expected.headers().map().keySet(), actual.headers().map().keySet(), address);
    }

    private String make() {
        var name = plugin + " " + RUN + " " + CLINICS.incrementAndGet();
        var made = operator("POST", "", "{\"name\": \"" + name + "\"}");
        assertEquals(201, made.statusCode(), made.body());
        return name.replace(' ', '-');
    }

    private void switchOn(String id) {
        prepare(id);
        var on = operator("PUT", "/" + id + "/plugins/" + plugin, "{\"on\": true, \"accept\": " + accept + "}");
        assertEquals(200, on.statusCode(), on.body());
    }

    /** Sets what it needs and files the papers of its recipients. */
    private void prepare(String id) {
        var set = operator("PUT", "/" + id + "/plugins/" + plugin + "/settings", settings);
        assertEquals(204, set.statusCode(), set.body());
        missingPapers(id).forEach(paper -> {
            var filed = operator("POST", "/" + id + "/papers",
                    """
                            {"module": "%s", "recipient": "%s", "kind": "%s", "version": "1.0", "signer": "Manager 1", "signedOn": "2026-01-01", "sha256": "%s"}"""
                            .formatted(paper.group("module"), paper.group("recipient"), paper.group("kind"),
                                    "0f".repeat(32)));
            assertEquals(201, filed.statusCode(), filed.body());
        });
    }

    private List<MatchResult> missingPapers(String id) {
        return MISSING_PAPER.matcher(operator("GET", "/" + id + "/papers", "").body()).results().toList();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)).GET());
    }

    private HttpResponse<String> operator(String method, String path, String body) {
        return send(HttpRequest.newBuilder(server.resolve("/api/operate/tenants" + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + System.getProperty("sluse.test.operator-token", ""))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
