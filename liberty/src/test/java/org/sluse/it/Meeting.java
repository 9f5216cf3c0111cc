// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;

/** A session on video of a clinic, whose practitioner and patient come in through any server of the installation. */
final class Meeting {

    private static final String KNOCK = "{\"type\": \"knock\", \"camera\": \"WORKING\", \"microphone\": \"WORKING\", \"connection\": \"GOOD\"}";

    private final Clinic clinic;
    private final Staff practitioner;
    private final JsonNode session;
    private final Invitation invitation;

    private Meeting(Clinic clinic) {
        this.clinic = clinic;
        this.practitioner = clinic.practitioner();
        this.session = Clinic.json(practitioner.send("POST", "/video/sessions",
                "{\"startsAt\": \"%s\", \"minutes\": 30, \"patientLabel\": \"Patient 4\", \"displayName\": \"Kari\"}"
                        .formatted(Instant.now().plusSeconds(60))));
        this.invitation = Invitation.open(clinic, session.get("invitation").asText());
    }

    static Meeting plan(Clinic clinic) {
        return new Meeting(clinic);
    }

    /** The practitioner's page at this server: in the room, and told who waits. */
    Socket host(RunningServer server) {
        var ticket = Clinic.json(through(server, "POST", "/video/tickets/sessions/" + id(), "{}"))
                .get("ticket")
                .asText();
        var socket = Socket.open(clinic.through(server), "video", practitioner.cookieHeader())
                .say("{\"type\": \"join\", \"ticket\": \"%s\"}".formatted(ticket));
        socket.hears("joined");
        return socket;
    }

    /** The patient's page at this server: in the waiting room. */
    Socket patient(RunningServer server) {
        var socket = invitation.at(clinic.through(server)).join();
        socket.hears("joined");
        socket.say(KNOCK);
        return socket;
    }

    /** The practitioner lets in who waits. */
    void admit(Socket host) {
        host.say("{\"type\": \"admit\", \"participant\": \"" + session.get("participant").asText() + "\"}");
    }

    /** The one who waits, as the practitioner hears of them. */
    static JsonNode waits(Socket host) {
        return host.hears("\"state\":\"WAITING\"").get("people").get(0);
    }

    /** The practitioner calls the session off through this server. */
    void cancel(RunningServer server) {
        assertThat(through(server, "POST", "/video/sessions/" + id() + "/cancel", "{}").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> through(RunningServer server, String method, String path, String body) {
        return practitioner.at(clinic.through(server)).send(method, path, body);
    }

    private String id() {
        return session.get("id").asText();
    }
}
