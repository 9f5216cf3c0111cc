// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.util.HashMap;
import java.util.Map;

/** A patient's browser on an invitation to a video session: has opened the link and holds it. */
final class Invitation {

    private final Clinic clinic;
    private final Map<String, String> headers = new HashMap<>(
            Map.of("Content-Type", "application/json", "X-Sluse-Request", "1"));

    private Invitation(Clinic clinic) {
        this.clinic = clinic;
    }

    /** Opens {@code /{tenant}/j#CODE}. */
    static Invitation open(Clinic clinic, String link) {
        var invitation = new Invitation(clinic);
        var exchanged = Http.send("POST", invitation.at("/exchange"), invitation.headers,
                "{\"code\": \"" + link.split("#")[1] + "\"}");
        if (exchanged.statusCode() != 200) {
            throw new AssertionError("The link was not taken: " + exchanged.body());
        }
        invitation.headers.put("Cookie", exchanged.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
        invitation.headers.put("X-Sluse-Link", Clinic.json(exchanged).get("link").asText());
        return invitation;
    }

    /** The same browser at another address of the clinic. */
    Invitation at(Clinic other) {
        var invitation = new Invitation(other);
        invitation.headers.putAll(headers);
        return invitation;
    }

    Map<String, String> headers() {
        return headers;
    }

    String ticket() {
        return Clinic.json(Http.send("POST", at("/me/ticket"), headers, "{}")).get("ticket").asText();
    }

    /** A socket of this browser, that has come in. */
    Socket join() {
        return Socket.open(clinic, "video", headers.getOrDefault("Cookie", ""))
                .say("{\"type\": \"join\", \"ticket\": \"" + ticket() + "\"}");
    }

    private java.net.URI at(String path) {
        return clinic.at("/api/" + clinic.id() + "/video/invitations" + path);
    }
}
