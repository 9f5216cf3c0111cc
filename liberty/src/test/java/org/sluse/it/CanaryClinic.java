// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A clinic of the walk: whatever its people type has its words in it, and whatever they hear is kept until somebody looks for others' words. */
final class CanaryClinic {

    private static final String NOBODY = BusyClinic.Ids.unknown().patient();

    private final Clinic clinic;
    private final int number;
    private final RandomGenerator chance;
    private final List<Heard> heard = new ArrayList<>();
    private final Map<Kind, List<String>> made = new HashMap<>();
    private final Map<String, String> numbers = new HashMap<>();
    private final List<Questionnaire> questionnaires = new ArrayList<>();
    private final List<Invitation> invitations = new ArrayList<>();
    private Staff administrator;
    private Staff practitioner;
    private int typed;

    /** What a clinic has many of, by id; codes of links are behind those that nobody has opened. */
    enum Kind {
        SESSION, PATIENT, RECORDED_PATIENT, BEGUN, SENT, DELIVERY, PERSON, PAPER, INVITATION_CODE, QUESTIONNAIRE_CODE
    }

    /**
     * An answer, or what a socket said.
     *
     * @param text headers and body
     * @param open whether anybody may hear it, as a clinic's privacy notice with who the clinic is
     */
    record Heard(int status, String text, boolean open) {

        Set<Canary> words() {
            return Canary.in(text);
        }

        /** Whether people of this clinic may hear the word here. */
        boolean mayHold(Canary word, int clinic) {
            return word.clinic() == clinic || open && word.kept() == Canary.Kept.CONTROL;
        }
    }

    /** With both modules on, delivering to its sandbox. @param number in the walk, from 0 */
    CanaryClinic(RunningServer server, int number, RandomGenerator chance) {
        this.number = number;
        this.chance = chance;
        this.clinic = Clinic.create(server);
        clinic.with("video", "{\"clinicPhone\": \"%s\"}".formatted(sealed()), "[\"addresses-visible\"]")
                .with("epr",
                        """
                                {"name": "Record %1$s", "address": "Street of %1$s", "country": "NO", "base": "%2$s", "bearer": "%3$s", "sandboxCreatesPatients": true}"""
                                .formatted(control(), clinic.at("/sandbox/" + clinic.id()), sealed()),
                        "[\"crisis-numbers\"]");
        this.administrator = clinic.administrator();
        this.practitioner = clinic.practitioner();
        addPatient();
        addRecordedPatient();
        schedule();
        beginQuestionnaire();
        sendQuestionnaire();
        listDeliveries();
        addPerson();
    }

    Clinic clinic() {
        return clinic;
    }

    int number() {
        return number;
    }

    RandomGenerator chance() {
        return chance;
    }

    Staff practitioner() {
        return practitioner;
    }

    String sealed() {
        return new Canary(Canary.Kept.SEALED, number).word();
    }

    String plain() {
        return new Canary(Canary.Kept.PLAIN, number).word();
    }

    String control() {
        return new Canary(Canary.Kept.CONTROL, number).word();
    }

    /** The answers since somebody asked last. */
    List<Heard> heard() {
        var all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    HttpResponse<String> hears(HttpResponse<String> answer) {
        return hears(answer, false);
    }

    /** @param open whether anybody may hear it */
    HttpResponse<String> hears(HttpResponse<String> answer, boolean open) {
        heard.add(new Heard(answer.statusCode(), answer.headers().map() + "\n" + answer.body(), open));
        return answer;
    }

    void hears(String said) {
        heard.add(new Heard(200, said, false));
    }

    HttpResponse<String> administrator(String path) {
        return hears(administrator.get(path));
    }

    HttpResponse<String> administrator(String method, String path, String body) {
        return hears(administrator.send(method, path, body));
    }

    HttpResponse<String> practitioner(String path) {
        return hears(practitioner.get(path));
    }

    HttpResponse<String> practitioner(String method, String path, String body) {
        return hears(practitioner.send(method, path, body));
    }

    /** A call with these headers, below the server's root. */
    HttpResponse<String> call(String method, String path, Map<String, String> headers, String body) {
        return hears(Http.send(method, clinic.at(path), headers, body));
    }

    /** At the record, or whoever says that it is. */
    HttpResponse<String> record(String method, String path, String body) {
        return call(method, "/sandbox/" + path,
                Map.of("Authorization", "Bearer " + sealed(), "Content-Type", "application/fhir+json"), body);
    }

    void signInAnew() {
        administrator = clinic.administrator();
        practitioner = clinic.practitioner();
        practitioner("/core/me");
    }

    /** One of those that there are; well formed and nobody's where there is none. */
    String any(Kind kind) {
        return anyOf(made.getOrDefault(kind, List.of())).orElse(NOBODY);
    }

    /** The number of a patient who was added. */
    String numberOf(String patient) {
        return numbers.getOrDefault(patient, NOBODY);
    }

    <T> Optional<T> anyOf(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(chance.nextInt(all.size())));
    }

    /** What an address or a body of this clinic names. */
    BusyClinic.Ids ids() {
        return new BusyClinic.Ids(any(Kind.SESSION), any(Kind.PATIENT), any(Kind.BEGUN), any(Kind.SENT),
                any(Kind.DELIVERY), any(Kind.PERSON), any(Kind.PAPER), code(Kind.INVITATION_CODE),
                code(Kind.QUESTIONNAIRE_CODE));
    }

    private String code(Kind kind) {
        return anyOf(made.getOrDefault(kind, List.of())).orElse(BusyClinic.Ids.unknown().invitationCode());
    }

    /** Everything that somebody of this clinic can hold. */
    List<Map<String, String>> credentials() {
        var all = new ArrayList<Map<String, String>>();
        for (var staff : List.of(administrator, practitioner)) {
            all.add(Map.of("Cookie", staff.cookieHeader(), "Content-Type", "application/json", "X-Sluse-Request", "1"));
        }
        questionnaires.stream().map(Questionnaire::headers).forEach(all::add);
        invitations.stream().map(Invitation::headers).forEach(all::add);
        all.add(Map.of("Authorization", "Bearer " + sealed(), "Content-Type", "application/json", "X-Sluse-Request",
                "1"));
        return all;
    }

    /** Whose number and name are sealed wherever they are: nothing of them is delivered. */
    void addPatient() {
        add(Kind.PATIENT, sealed());
    }

    /** Whose number the record knows, which keeps it plain. */
    void addRecordedPatient() {
        add(Kind.RECORDED_PATIENT, plain());
    }

    private void add(Kind kind, String word) {
        var patient = "%s-%d".formatted(word, ++typed);
        keep(kind, "id", practitioner("POST", "/epr/patients",
                "{\"number\": \"%s\", \"name\": \"Patient %s\"}".formatted(patient, sealed())))
                .ifPresent(added -> numbers.put(added.get("id").asText(), patient));
    }

    /** As the desk corrects it: with the version that was seen. */
    void correctPatient() {
        var id = any(Kind.PATIENT);
        var seen = practitioner("/epr/patients/" + id).headers().firstValue("ETag").orElse("*");
        hears(practitioner.correct("/epr/patients/" + id, seen, "{\"number\": \"%s\", \"name\": \"%s %d\"}"
                .formatted(numberOf(id), sealed(), ++typed)));
    }

    /** Assigned to somebody of this kind. @return the questionnaire in the patient's browser */
    Optional<Questionnaire> assign(Kind to, String instrument) {
        return keep(Kind.BEGUN, "id", practitioner("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"%s\", \"language\": \"en\"}".formatted(any(to), instrument)))
                .map(assigned -> Questionnaire.open(clinic, assigned.get("link").asText()));
    }

    void beginQuestionnaire() {
        assign(Kind.PATIENT, "phq-9").ifPresent(begun -> {
            hears(begun.answer("44250-9", chance.nextInt(4)));
            questionnaires.add(begun);
        });
    }

    private List<String> all(Kind kind) {
        return made.computeIfAbsent(kind, any -> new ArrayList<>());
    }

    void sendQuestionnaire() {
        assign(Kind.RECORDED_PATIENT, "gad-7").ifPresent(begun -> {
            begun.show()
                    .get("items")
                    .forEach(
                            item -> hears(begun.answer(item.get("linkId").asText(), chance.nextInt(4))));
            if (hears(begun.finish()).statusCode() == 200) {
                all(Kind.SENT).add(all(Kind.BEGUN).removeLast());
            }
        });
    }

    /** Somebody who has thoughts of death is seen by the practitioner, who notes what was done. */
    void seeToFlag() {
        assign(Kind.PATIENT, "phq-9").ifPresent(begun -> {
            hears(begun.answer("44260-8", 1 + chance.nextInt(3)));
            practitioner("/epr/needs");
            practitioner("POST", "/epr/assessments/" + all(Kind.BEGUN).getLast() + "/acknowledgement",
                    "{\"note\": \"Spoke with %s\"}".formatted(sealed()));
        });
    }

    /** A patient who has opened a link, if anybody has. */
    void onQuestionnaire(java.util.function.Consumer<Questionnaire> act) {
        if (questionnaires.isEmpty()) {
            beginQuestionnaire();
        }
        anyOf(questionnaires).ifPresent(act);
    }

    Optional<JsonNode> schedule() {
        return keep(Kind.SESSION, "id", practitioner("POST", "/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"Label %s\", \"displayName\": \"%s\"}"
                        .formatted(Instant.now().plusSeconds(60), sealed(), sealed())));
    }

    /** Leaves an invitation that nobody opens. */
    void inviteAgain() {
        Optional.of(practitioner("POST", "/video/sessions/" + any(Kind.SESSION) + "/invitations", "{}"))
                .filter(answer -> answer.statusCode() == 200)
                .map(answer -> Clinic.json(answer).get("invitation").asText().split("#")[1])
                .ifPresent(code -> made.computeIfAbsent(Kind.INVITATION_CODE, any -> new ArrayList<>()).add(code));
    }

    /** Leaves a questionnaire that nobody opens. */
    void assignOnly() {
        keep(Kind.BEGUN, "id", practitioner("POST", "/epr/assessments",
                "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}"
                        .formatted(any(Kind.PATIENT))))
                .map(assigned -> assigned.get("link").asText().split("#")[1])
                .ifPresent(code -> made.computeIfAbsent(Kind.QUESTIONNAIRE_CODE, any -> new ArrayList<>()).add(code));
    }

    void openInvitation() {
        schedule().map(session -> Invitation.open(clinic, session.get("invitation").asText())).ifPresent(opened -> {
            invitations.add(opened);
            call("PUT", "/api/" + clinic.id() + "/video/invitations/me/display-name", opened.headers(),
                    "{\"displayName\": \"%s\"}".formatted(sealed()));
        });
    }

    /** A patient knocks, is asked to wait with a word, and turned away. */
    void waitingRoom() {
        schedule().ifPresent(session -> {
            var patient = Invitation.open(clinic, session.get("invitation").asText()).join();
            var host = Socket.open(clinic, "video", practitioner.cookieHeader()).say(join(ticket(session)));
            patient.hears("joined");
            patient.say(
                    "{\"type\": \"knock\", \"camera\": \"WORKING\", \"microphone\": \"WORKING\", \"connection\": \"GOOD\"}");
            var participant = host.hears("\"WAITING\"").findValue("participant").asText();
            host.say("{\"type\": \"hold\", \"participant\": \"%s\", \"message\": \"In a minute, %s\"}"
                    .formatted(participant, sealed()));
            patient.hears(sealed());
            host.say("{\"type\": \"deny\", \"participant\": \"%s\"}".formatted(participant));
            patient.closed();
            host.leave();
            hears(String.join("\n", patient.heard()));
            hears(String.join("\n", host.heard()));
        });
    }

    static String join(String ticket) {
        return "{\"type\": \"join\", \"ticket\": \"" + ticket + "\"}";
    }

    String ticket(JsonNode session) {
        return Clinic.json(practitioner("POST", "/video/tickets/sessions/" + session.get("id").asText(), "{}"))
                .get("ticket")
                .asText();
    }

    void addPerson() {
        keep(Kind.PERSON, "id", administrator("POST", "/core/people",
                "{\"subject\": \"subject-%1$d\", \"name\": \"%2$s %1$d\", \"roles\": [\"practitioner\"]}"
                        .formatted(++typed, plain())));
    }

    void correctPerson() {
        hears(administrator.correct("/core/people/" + any(Kind.PERSON), "*",
                "{\"name\": \"%s %d\"}".formatted(plain(), ++typed)));
    }

    void enterController() {
        var seen = administrator("/core/register/controller").headers().firstValue("ETag").orElse("*");
        hears(administrator.correct("/core/register/controller", seen,
                "{\"name\": \"%1$s AS %2$d\", \"address\": \"Street of %1$s\", \"contact\": \"%1$s@clinic.example\"}"
                        .formatted(control(), ++typed)));
    }

    void filePaper() {
        keep(Kind.PAPER, "id", administrator("POST", "/core/papers",
                Clinic.paper("AGREEMENT", "").replace("Manager 1", "Manager " + control())));
    }

    /** The newest deliveries, whose ids are kept. */
    void listDeliveries() {
        var answer = practitioner("/epr/deliveries");
        if (answer.statusCode() == 200) {
            List<String> newest = new ArrayList<>();
            Clinic.json(answer).get("deliveries").forEach(one -> newest.add(one.get("id").asText()));
            made.put(Kind.DELIVERY, newest);
        }
    }

    private Optional<JsonNode> keep(Kind kind, String member, HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            return Optional.empty();
        }
        var all = Clinic.json(answer);
        made.computeIfAbsent(kind, any -> new ArrayList<>()).add(all.get(member).asText());
        return Optional.of(all);
    }
}
