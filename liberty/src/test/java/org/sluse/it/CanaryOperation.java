// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.sluse.it.CanaryClinic.Kind;

/**
 * One thing that people of a clinic do in the walk.
 *
 * @param name what they do, for whoever reads a failure
 * @param weight how often, against the others
 * @param manner what is expected of it
 * @param act by the first clinic's people, at the second one if they are hostile; who does it hears the answers
 */
record CanaryOperation(String name, int weight, Manner manner, BiConsumer<CanaryClinic, CanaryClinic> act) {

    /** Ordinary work succeeds, clumsy work and hostile work are refused. */
    enum Manner {
        ORDINARY, CLUMSY, HOSTILE
    }

    /** All there are. */
    static final List<CanaryOperation> ALL = all();
    private static final int WEIGHT = ALL.stream().mapToInt(CanaryOperation::weight).sum();
    private static final List<Endpoint> ENDPOINTS = EndpointRow.ALL.keySet()
            .stream()
            .map(name -> new Endpoint(name, java.util.Set.of(), false, ""))
            .toList();

    /** By weight. */
    static CanaryOperation drawn(RandomGenerator chance) {
        var left = chance.nextInt(WEIGHT);
        for (var one : ALL) {
            left -= one.weight;
            if (left < 0) {
                return one;
            }
        }
        throw new AssertionError("Weights do not add up");
    }

    private static List<CanaryOperation> all() {
        var all = new ArrayList<CanaryOperation>();
        patients(all);
        video(all);
        administration(all);
        clumsy(all);
        hostile(all);
        return List.copyOf(all);
    }

    private static void patients(List<CanaryOperation> all) {
        ordinary(all, "add a patient", 6, CanaryClinic::addPatient);
        ordinary(all, "add a patient of the record", 3, CanaryClinic::addRecordedPatient);
        ordinary(all, "correct a patient", 4, CanaryClinic::correctPatient);
        ordinary(all, "begin a questionnaire", 5, CanaryClinic::beginQuestionnaire);
        ordinary(all, "send a questionnaire", 3, CanaryClinic::sendQuestionnaire);
        ordinary(all, "assign a questionnaire", 2, CanaryClinic::assignOnly);
        ordinary(all, "see to a safety flag", 2, CanaryClinic::seeToFlag);
        ordinary(all, "look at a questionnaire", 3,
                own -> own.onQuestionnaire(held -> own.hears(held.send("GET", "", ""))));
        ordinary(all, "see who has seen one's data", 1, own -> own.onQuestionnaire(
                held -> own.call("GET", "/api/" + own.clinic().id() + "/epr/accesses", held.headers(), "")));
        ordinary(all, "list deliveries", 3, CanaryClinic::listDeliveries);
        reads(all, "search patients", 3, own -> "/epr/patients?q=" + own.sealed());
        reads(all, "list patients", 2, own -> "/epr/patients");
        reads(all, "read a patient", 4, own -> "/epr/patients/" + own.any(Kind.PATIENT));
        reads(all, "read what a patient was", 2, own -> "/epr/patients/" + own.any(Kind.PATIENT) + "/earlier");
        reads(all, "list assessments", 3, own -> "/epr/assessments?patient=" + own.any(Kind.PATIENT));
        reads(all, "read a result", 3, own -> "/epr/assessments/" + own.any(Kind.SENT));
        reads(all, "read what needs somebody", 2, own -> "/epr/needs");
        reads(all, "ask for changes", 1, own -> "/epr/changes");
        reads(all, "look into the sandbox", 2, own -> "/epr/sandbox");
        reads(all, "read a message", 2, own -> "/epr/deliveries/" + own.any(Kind.DELIVERY) + "/message");
        acts(all, "renew a link", 1, own -> "/epr/assessments/" + own.any(Kind.BEGUN) + "/link");
        acts(all, "take an assessment back", 1, own -> "/epr/assessments/" + own.any(Kind.BEGUN) + "/withdrawal");
        ordinary(all, "make the sandbox misbehave", 1, own -> own.practitioner("POST", "/epr/sandbox/misbehaviour",
                "{\"kind\": \"%s\", \"times\": 1}".formatted(own.chance().nextBoolean() ? "BUSY" : "LOST_ANSWER")));
        ordinary(all, "search the record", 2, own -> own.record("GET", own.clinic().id() + "/Patient", ""));
        ordinary(all, "write into the record", 2, own -> own.record("POST", own.clinic().id() + "/Patient",
                "{\"resourceType\": \"Patient\", \"identifier\": [{\"system\": \"urn:example\", \"value\": \"%s\"}]}"
                        .formatted(own.plain())));
        ordinary(all, "read scores over FHIR", 2, own -> own.hears(own.practitioner()
                .browse(own.clinic()
                        .at("/fhir/" + own.clinic().id() + "/Observation?patient="
                                + own.any(Kind.RECORDED_PATIENT)))));
    }

    private static void video(List<CanaryOperation> all) {
        ordinary(all, "schedule a session", 5, own -> own.schedule());
        ordinary(all, "open an invitation", 3, CanaryClinic::openInvitation);
        ordinary(all, "invite again", 2, CanaryClinic::inviteAgain);
        ordinary(all, "meet in the waiting room", 1, CanaryClinic::waitingRoom);
        reads(all, "list sessions", 3, own -> "/video/sessions");
        reads(all, "read a session", 3, own -> "/video/sessions/" + own.any(Kind.SESSION));
        acts(all, "cancel a session", 1, own -> "/video/sessions/" + own.any(Kind.SESSION) + "/cancel");
    }

    private static void administration(List<CanaryOperation> all) {
        ordinary(all, "sign in anew", 1, CanaryClinic::signInAnew);
        ordinary(all, "add a person", 2, CanaryClinic::addPerson);
        ordinary(all, "correct a person", 2, CanaryClinic::correctPerson);
        ordinary(all, "say who the clinic is", 1, CanaryClinic::enterController);
        ordinary(all, "file a paper", 1, CanaryClinic::filePaper);
        ordinary(all, "set a crisis line", 1, own -> own.administrator("PUT", "/core/modules/epr/settings",
                "{\"crisisLine\": \"%d\"}".formatted(116_000 + own.chance().nextInt(999))));
        ordinary(all, "set a phone", 1, own -> own.administrator("PUT", "/core/modules/video/settings",
                "{\"clinicPhone\": \"%s %d\"}".formatted(own.sealed(), own.chance().nextInt(999))));
        for (var path : List.of("people", "me", "modules", "papers", "data-map", "register?lang=nb",
                "register?format=csv", "register?format=text", "register?format=pdf", "register/revisions",
                "register/proof", "audit", "audit?action=CREATE", "audit/export?format=ndjson",
                "audit/export?format=csv",
                "audit/proof", "ledger", "ledger/export", "ledger/comparison", "leave", "subjects/erasure-requests")) {
            ordinary(all, "read " + path, path.contains("/") ? 1 : 2, own -> own.administrator("/core/" + path));
        }
        ordinary(all, "read what a person was", 1,
                own -> own.administrator("/core/people/" + own.any(Kind.PERSON) + "/earlier"));
        ordinary(all, "read the trail over FHIR", 1, own -> own.call("GET",
                "/fhir/" + own.clinic().id() + "/AuditEvent?_count=50", own.credentials().getFirst(), ""));
        ordinary(all, "export one person", 3, own -> {
            var patient = own.any(own.chance().nextBoolean() ? Kind.PATIENT : Kind.RECORDED_PATIENT);
            own.administrator("POST", "/core/subjects/export", "{\"id\": \"%s\", \"format\": \"%s\"}"
                    .formatted(own.numberOf(patient), List.of("json", "fhir", "text").get(own.chance().nextInt(3))));
        });
        ordinary(all, "try an erasure", 1, own -> own.administrator("POST", "/core/subjects/erasure",
                "{\"id\": \"%s\", \"dryRun\": true}".formatted(own.numberOf(own.any(Kind.PATIENT)))));
        for (var path : List.of("/api/%s/core/notice", "/openapi/%s", "/fhir/%s/metadata", "/%s/today")) {
            ordinary(all, "read " + path, 1,
                    own -> own.call("GET", path.formatted(own.clinic().id()), Map.of(), ""));
        }
    }

    /** What is sealed where it belongs is typed where it does not. */
    private static void clumsy(List<CanaryOperation> all) {
        clumsy(all, "send half a body", own -> own.practitioner("POST", "/epr/patients",
                "{\"number\": \"" + own.sealed()));
        clumsy(all, "type too long a number", own -> own.practitioner("POST", "/epr/patients",
                "{\"number\": \"%s\"}".formatted(own.sealed().repeat(9))));
        clumsy(all, "type what cannot be stored", own -> own.practitioner("POST", "/epr/patients",
                "{\"number\": \"1\", \"name\": \"%s\\u0000\"}".formatted(own.sealed())));
        clumsy(all, "type a name as a time", own -> own.practitioner("POST", "/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30}".formatted(own.sealed())));
        clumsy(all, "type a name as a member", own -> own.practitioner("POST", "/video/sessions",
                "{\"%s\": 1}".formatted(own.sealed())));
        clumsy(all, "type a name as a setting", own -> own.administrator("PUT", "/core/modules/epr/settings",
                "{\"crisisLine\": \"%1$s\", \"%1$s\": \"1\"}".formatted(own.sealed())));
        clumsy(all, "deliver what has arrived", own -> own.practitioner("POST",
                "/epr/deliveries/" + own.any(Kind.DELIVERY) + "/resend", "{}"));
        clumsy(all, "ask for a name as an id", own -> own.practitioner("/epr/patients/" + own.sealed()));
        clumsy(all, "ask for a name as an assessment", own -> own.practitioner("/epr/assessments/" + own.sealed()));
        clumsy(all, "ask for a name as a session", own -> own.practitioner("/video/sessions/" + own.sealed()));
        clumsy(all, "ask for a name as a module", own -> own.practitioner("/" + own.sealed() + "/accesses"));
        for (var path : List.of("Observation?patient=%s", "Observation?date=%s", "Observation?%s=1", "Observation/%s",
                "QuestionnaireResponse?_format=%s", "%s", "AuditEvent?date=%s", "AuditEvent?_count=%s",
                "AuditEvent?patient=%s")) {
            clumsy(all, "ask over FHIR for " + path, own -> own.call("GET",
                    "/fhir/" + own.clinic().id() + "/" + path.formatted(own.sealed()),
                    own.credentials().get(path.startsWith("Audit") ? 0 : 1), ""));
        }
        clumsy(all, "look for nobody", own -> own.administrator("POST", "/core/subjects/export",
                "{\"id\": \"nobody-%s\"}".formatted(own.sealed())));
        clumsy(all, "end a paper by a name", own -> own.administrator("POST", "/core/papers/" + own.sealed() + "/end",
                ""));
        clumsy(all, "answer what was not asked", own -> own.onQuestionnaire(held -> own.hears(held.send("PUT",
                "/answers/" + own.sealed(), "{\"code\": \"%s\"}".formatted(own.sealed())))));
        clumsy(all, "open a link with a name", own -> own.call("POST",
                "/api/" + own.clinic().id() + "/epr/questionnaire/exchange",
                Map.of("Content-Type", "application/json", "X-Sluse-Request", "1"),
                "{\"code\": \"%s\"}".formatted(own.sealed())));
        clumsy(all, "ask the record for a name", own -> own.record("GET",
                own.clinic().id() + "/Patient?name=" + own.sealed(), ""));
        clumsy(all, "send the record half a body", own -> own.record("POST", own.clinic().id() + "/Patient",
                "{\"resourceType\": \"Patient\", \"%s\": ".formatted(own.plain())));
        clumsy(all, "send the record what is no resource", own -> own.record("PUT", own.clinic().id() + "/Patient/1",
                "{\"resourceType\": \"%1$s\", \"%1$s\": 1}".formatted(own.plain())));
    }

    private static void hostile(List<CanaryOperation> all) {
        hostile(all, "call another clinic with what one holds", 30, (own, other) -> {
            var endpoint = drawn(own, ENDPOINTS);
            var row = EndpointRow.of(endpoint);
            // Whoever has a one-time code may use it: what is open is tried with the codes that our people have.
            call(own, other, endpoint, row.open().isEmpty() ? other.ids() : own.ids(), drawn(own, own.credentials()));
        });
        hostile(all, "call another clinic with a cookie that got its name", 15, (own, other) -> {
            var endpoint = drawn(own, ENDPOINTS);
            var row = EndpointRow.of(endpoint);
            var renamed = drawn(own, own.credentials()).entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getKey().equals("Cookie")
                            ? header.getValue().replace(own.clinic().id() + "=", other.clinic().id() + "=")
                            : header.getValue()));
            call(own, other, endpoint, row.open().isEmpty() ? other.ids() : own.ids(), renamed);
        });
        hostile(all, "name what another clinic has", 25, (own, other) -> {
            var theirs = other.ids();
            var ours = own.ids();
            var naming = ENDPOINTS.stream().filter(one -> !called(one, theirs).equals(called(one, ours))).toList();
            call(own, own, drawn(own, naming), theirs, drawn(own, own.credentials()));
        });
        hostile(all, "read another clinic's record", 10, (own, other) -> own.record("GET",
                other.clinic().id() + "/" + drawn(own, List.of("Patient", "QuestionnaireResponse", "Observation",
                        "Provenance", "Patient/" + other.any(Kind.RECORDED_PATIENT))),
                ""));
        hostile(all, "open another clinic's socket", 1, (own, other) -> {
            try {
                var socket = Socket.open(other.clinic(), "video",
                        own.practitioner().cookieHeader() + "; " + other.practitioner().cookieHeader());
                own.schedule().ifPresent(session -> socket.say(CanaryClinic.join(own.ticket(session))));
                socket.closed();
                own.hears(String.join("\n", socket.heard()));
            } catch (CompletionException refused) {
                own.hears(refused.toString());
            }
        });
        hostile(all, "sign in at another clinic with an answer for one's own", 1, (own, other) -> {
            var browser = Staff.nobody(own.clinic());
            var answered = browser.answer(browser.question(), "administrator-1").toString();
            own.hears(browser.browse(java.net.URI.create(answered.replace("/api/" + own.clinic().id() + "/",
                    "/api/" + other.clinic().id() + "/"))));
        });
    }

    private static void call(CanaryClinic own, CanaryClinic at, Endpoint endpoint, BusyClinic.Ids ids,
            Map<String, String> headers) {
        var row = EndpointRow.of(endpoint);
        var body = row.body().apply(ids);
        var address = row.address().apply(ids).replace("{tenant}", at.clinic().id());
        own.hears(Http.send(endpoint.method(body), own.clinic().at(address), headers, body), !row.open().isEmpty());
    }

    /** What of a call depends on ids. */
    private static String called(Endpoint endpoint, BusyClinic.Ids ids) {
        var row = EndpointRow.of(endpoint);
        return row.address().apply(ids) + " " + row.body().apply(ids);
    }

    private static <T> T drawn(CanaryClinic own, List<T> all) {
        return all.get(own.chance().nextInt(all.size()));
    }

    private static void ordinary(List<CanaryOperation> all, String name, int weight, Consumer<CanaryClinic> act) {
        all.add(new CanaryOperation(name, weight, Manner.ORDINARY, (own, other) -> act.accept(own)));
    }

    private static void reads(List<CanaryOperation> all, String name, int weight, Function<CanaryClinic, String> path) {
        ordinary(all, name, weight, own -> own.practitioner(path.apply(own)));
    }

    private static void acts(List<CanaryOperation> all, String name, int weight, Function<CanaryClinic, String> path) {
        ordinary(all, name, weight, own -> own.practitioner("POST", path.apply(own), "{}"));
    }

    private static void clumsy(List<CanaryOperation> all, String name, Consumer<CanaryClinic> act) {
        all.add(new CanaryOperation(name, 1, Manner.CLUMSY, (own, other) -> act.accept(own)));
    }

    private static void hostile(List<CanaryOperation> all, String name, int weight,
            BiConsumer<CanaryClinic, CanaryClinic> act) {
        all.add(new CanaryOperation(name, weight, Manner.HOSTILE, act));
    }

    @Override
    public String toString() {
        return name;
    }
}
