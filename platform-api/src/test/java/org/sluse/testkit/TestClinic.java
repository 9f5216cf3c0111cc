// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh clinic on the server under test. Its calls are the operator's and those of nobody in particular; {@link #practitioner} and {@link #administrator} are people of its own. */
public final class TestClinic {

    private static final AtomicInteger MADE = new AtomicInteger();
    /** An author runs the contracts again and again on one server, where a clinic's name is never free again. */
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    private final String id;

    private TestClinic(String id) {
        this.id = id;
    }

    /** One in which nobody signs in. */
    static TestClinic create() {
        return create("");
    }

    /** One with staff at an issuer of its own. */
    static TestClinic withStaff() {
        var issuer = ServerUnderTest.identityProvider().resolve("/contract-" + RUN);
        var clinic = create(
                """
                        , "issuer": "%s", "clientId": "sluse", "clientSecret": "demo", "admin": "administrator-1\""""
                        .formatted(issuer));
        var added = clinic.operator("POST", "/people", """
                {"subject": "practitioner-1", "name": "Practitioner 1", "roles": ["practitioner"]}""");
        assertEquals(201, added.statusCode(), added.body());
        return clinic;
    }

    private static TestClinic create(String more) {
        var name = "contract " + RUN + " " + MADE.incrementAndGet();
        var made = ServerUnderTest.operate("POST", "/tenants", "{\"name\": \"" + name + "\"" + more + "}");
        assertEquals(201, made.statusCode(), made.body());
        return new TestClinic(name.replace(' ', '-'));
    }

    /** As it stands in addresses. */
    public String id() {
        return id;
    }

    /** Signs in as the clinic's administrator. */
    public TestPerson administrator() {
        return TestPerson.signIn(this, "administrator-1");
    }

    /** Signs in as a practitioner of the clinic. */
    public TestPerson practitioner() {
        return TestPerson.signIn(this, "practitioner-1");
    }

    /** A browser in which nobody has signed in. */
    public TestPerson nobody() {
        return new TestPerson(this);
    }

    /** A call of the operator's, below {@code /api/operate/tenants/<id>}. */
    HttpResponse<String> operator(String method, String path, String body) {
        return ServerUnderTest.operate(method, "/tenants/" + id + path, body);
    }

    /** A call of nobody in particular. @param path with {@code %s} for the clinic */
    HttpResponse<String> get(String path) {
        return ServerUnderTest.send("GET", at(path), Map.of(), "");
    }

    URI at(String path) {
        return ServerUnderTest.at(path.formatted(id));
    }
}
