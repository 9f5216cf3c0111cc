// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sluse.video.admission.Participant.Message;
import org.sluse.video.session.VideoSession;

/** What the server says on a socket, as the text that is sent; the README of this module lists it. {@link LiveCodec} is the other way. */
final class Words {

    static final String HEARTBEAT = text(json("heartbeat"));

    private Words() {
    }

    /** @param as PATIENT, HOST or TODAY */
    static String joined(String as) {
        return text(json("joined").add("as", as));
    }

    static String state(VideoSession session, Instant now) {
        var patient = session.patient();
        var state = json("state").add("state", patient.admission().name())
                .add("session", session.state().name())
                .add("startsAt", session.startsAt().toString())
                .add("now", now.toString());
        patient.message().ifPresent(message -> state.add("message", message(message)));
        return text(state);
    }

    static String place(Turn turn) {
        var place = json("place").add("before", turn.before());
        turn.about().ifPresent(at -> place.add("about", at.toString()));
        return text(place);
    }

    /**
     * @param present those who wait or were let in, longest first
     * @param here the sessions whose patient has the page open
     */
    static String waiting(List<VideoSession> present, Set<UUID> here, Instant now) {
        var people = Json.createArrayBuilder();
        present.forEach(session -> people.add(person(session, here.contains(session.id()))));
        return text(json("waiting").add("people", people).add("now", now.toString()));
    }

    static String admitted(MediaRight right) {
        return text(json("admitted").add("token", right.token())
                .add("relayed", right.relayed())
                .add("iceServers", iceServers(right.relay()))
                .add("with", right.with()));
    }

    /** The relay to be tried. */
    static String relay(MediaRight.Relay relay) {
        return text(json("relay").add("iceServers", iceServers(Optional.of(relay))));
    }

    static String start(String connection, boolean offerer) {
        return text(json("start").add("connection", connection).add("offerer", offerer));
    }

    static String peer(boolean present) {
        return text(json("peer").add("present", present));
    }

    /** The signal for the other side; empty when a relayed call must not have it. */
    static Optional<String> signal(LiveMessage.Signal signal, boolean relayed) {
        var message = json(signal.kind().name().toLowerCase(Locale.ROOT)).add("connection", signal.connection());
        if (signal.kind() != LiveMessage.Signal.Kind.CANDIDATE) {
            return Optional.of(text(
                    message.add("sdp", relayed ? RelayOnly.description(signal.payload()) : signal.payload())));
        }
        if (relayed && !RelayOnly.mayPass(signal.payload())) {
            return Optional.empty();
        }
        message.add("candidate", relayed ? RelayOnly.candidate(signal.payload()) : signal.payload());
        signal.mid().ifPresent(mid -> message.add("sdpMid", mid));
        signal.line().ifPresent(line -> message.add("sdpMLineIndex", line));
        return Optional.of(text(message));
    }

    private static JsonArrayBuilder iceServers(Optional<MediaRight.Relay> found) {
        var servers = Json.createArrayBuilder();
        found.ifPresent(relay -> servers.add(Json.createObjectBuilder()
                .add("urls", Json.createArrayBuilder(relay.urls()))
                .add("username", relay.credential().username())
                .add("credential", relay.credential().credential())));
        return servers;
    }

    private static JsonObjectBuilder person(VideoSession session, boolean here) {
        var patient = session.patient();
        var person = Json.createObjectBuilder()
                .add("participant", patient.inRoom())
                .add("session", session.id().toString())
                .add("patientLabel", session.patientLabel())
                .add("displayName", patient.displayName().value())
                .add("startsAt", session.startsAt().toString())
                .add("state", patient.admission().name())
                .add("here", here);
        patient.waitingSince().ifPresent(since -> person.add("waitingSince", since.toString()));
        patient.message().ifPresent(message -> person.add("message", message(message)));
        patient.devices()
                .ifPresent(found -> person.add("camera", found.camera().name())
                        .add("microphone", found.microphone().name())
                        .add("connection", found.connection().name()));
        return person;
    }

    private static JsonObjectBuilder message(Message message) {
        var words = Json.createObjectBuilder().add("at", message.at().toString());
        message.text().ifPresent(text -> words.add("text", text));
        return words;
    }

    private static JsonObjectBuilder json(String type) {
        return Json.createObjectBuilder().add("type", type);
    }

    private static String text(JsonObjectBuilder json) {
        return json.build().toString();
    }
}
