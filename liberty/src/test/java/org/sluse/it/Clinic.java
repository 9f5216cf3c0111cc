// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/** A fresh clinic on the running server, with one administrator and one practitioner at its own issuer. */
final class Clinic {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningServer server;
    private final String id;

    private Clinic(RunningServer server, String id) {
        this.server = server;
        this.id = id;
    }

    static Clinic create() {
        return create(RunningServer.get().identityProvider());
    }

    /** On a server of its own. */
    static Clinic create(RunningServer server) {
        return create(server, server.identityProvider());
    }

    /** @param identityProvider below which its issuer is */
    static Clinic create(URI identityProvider) {
        return create(RunningServer.get(), identityProvider);
    }

    private static Clinic create(RunningServer server, URI identityProvider) {
        var name = "Clinic " + MADE.incrementAndGet();
        var id = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        var clinic = new Clinic(server, id);
        var made = server.operate("POST", "/tenants",
                """
                        {"name": "%s", "issuer": "%s", "clientId": "sluse", "clientSecret": "demo", "admin": "administrator-1"}"""
                        .formatted(name, identityProvider.resolve("/" + id)));
        if (made.statusCode() != 201) {
            throw new AssertionError("No clinic was made: " + made.body());
        }
        server.operate("POST", "/tenants/" + id + "/people", """
                {"subject": "practitioner-1", "name": "Practitioner 1", "roles": ["practitioner"]}""");
        return clinic;
    }

    String id() {
        return id;
    }

    /** A call of the operator's, below {@code /api/operate/tenants}. */
    static HttpResponse<String> operator(String method, String path, String body) {
        return RunningServer.get().operate(method, "/tenants" + path, body);
    }

    /** The same clinic, through another server of the installation. */
    Clinic through(RunningServer other) {
        return new Clinic(other, id);
    }

    /** Another one of the same server. */
    Clinic sibling(String other) {
        return new Clinic(server, other);
    }

    Staff administrator() {
        return Staff.signIn(this, "administrator-1");
    }

    Staff practitioner() {
        return Staff.signIn(this, "practitioner-1");
    }

    /** Sets a module's settings, files the papers that its recipients need then, and switches it on, as the operator. */
    Clinic with(String plugin, String settings, String accept) {
        var set = server.operate("PUT", "/tenants/" + id + "/plugins/" + plugin + "/settings", settings);
        filePapers();
        var on = server.operate("PUT", "/tenants/" + id + "/plugins/" + plugin,
                "{\"on\": true, \"accept\": " + accept + "}");
        if (set.statusCode() != 204 || on.statusCode() != 200) {
            throw new AssertionError(plugin + " was not switched on: " + set.body() + on.body());
        }
        return this;
    }

    /** Files each paper that a recipient needs and has not. */
    void filePapers() {
        for (var needed : json(server.operate("GET", "/tenants/" + id + "/papers", "")).get("required")) {
            if (!needed.get("state").asText().equals("HOLDS")) {
                var filed = server.operate("POST", "/tenants/" + id + "/papers",
                        paper(needed.get("kind").asText(), ""));
                if (filed.statusCode() != 201) {
                    throw new AssertionError("No paper was filed: " + filed.body());
                }
            }
        }
    }

    /** A paper of this kind for the record. @param more further members, each after a comma */
    static String paper(String kind, String more) {
        return """
                {"module": "epr", "recipient": "epr", "kind": "%s", "version": "1.0", "signer": "Manager 1", "signedOn": "2026-01-01", "sha256": "%s"%s}"""
                .formatted(kind, "0f".repeat(32), more);
    }

    /** With record integration on, delivering to this FHIR server. */
    Clinic delivering(URI record) {
        return with("epr", recordSettings(record), "[\"crisis-numbers\"]");
    }

    /** What record integration needs to deliver to this FHIR server. */
    String recordSettings(URI record) {
        return """
                {"name": "Record of the tests", "address": "This machine", "country": "NO", "base": "%s", "bearer": "%s", "sandboxCreatesPatients": true}"""
                .formatted(record, bearer());
    }

    /** What the clinic shows to its record. */
    String bearer() {
        return "bearer-of-" + id;
    }

    /** A call of nobody in particular. */
    HttpResponse<String> get(String path) {
        return Http.send("GET", at(path), Map.of(), "");
    }

    URI at(String path) {
        return server.base().resolve(path);
    }

    /** The rows of an answer that is a page of a log. */
    static List<JsonNode> rows(HttpResponse<String> page) {
        return StreamSupport.stream(json(page).get("rows").spliterator(), false).toList();
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError("Not JSON: " + text, notJson);
        }
    }
}
