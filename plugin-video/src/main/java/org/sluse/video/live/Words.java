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
import org.sluse.video.admission.Admission;
import org.sluse.video.admission.Participant;
import org.sluse.video.admission.Participant.Message;
import org.sluse.video.admission.ParticipantRole;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.session.VideoSession;

/** What the server says on a socket, as the text that is sent; the README of this module lists it. {@link LiveCodec} is the other way. */
final class Words {

    static final String HEARTBEAT = text(json("heartbeat"));

    private Words() {
    }

    /** @param as a role, or TODAY */
    static String joined(String as) {
        return text(json("joined").add("as", as));
    }

    static String state(VideoSession session, Participant who, Instant now) {
        var state = json("state").add("state", who.admission().name())
                .add("session", session.state().name())
                .add("startsAt", session.startsAt().toString())
                .add("now", now.toString());
        who.message().ifPresent(message -> state.add("message", message(message)));
        return text(state);
    }

    static String place(Turn turn) {
        var place = json("place").add("before", turn.before());
        turn.about().ifPresent(at -> place.add("about", at.toString()));
        return text(place);
    }

    /**
     * @param sessions whoever waits or was let in is told of, longest waiting first
     * @param here the pseudonyms of those who have the page open
     */
    static String waiting(List<VideoSession> sessions, Set<String> here, Instant now) {
        var people = Json.createArrayBuilder();
        sessions.forEach(session -> session.people()
                .stream()
                .filter(who -> who.admission().isWaiting() || who.admission().mayTalk())
                .forEach(who -> people.add(person(session, who, here.contains(who.inRoom())))));
        return text(json("waiting").add("people", people).add("now", now.toString()));
    }

    static String admitted(MediaRight right) {
        var admitted = json("admitted").add("token", right.token())
                .add("relayed", right.relayed())
                .add("iceServers", iceServers(right.relay()))
                .add("with", right.with())
                .add("provider", right.way().provider().name())
                .add("path", right.way().path().name());
        right.way()
                .frame()
                .ifPresent(frame -> admitted.add("frame",
                        Json.createObjectBuilder().add("address", frame.address().toString()).add("by", frame.by())));
        return text(admitted);
    }

    /** The relay to be tried. */
    static String relay(MediaRight.Relay relay) {
        return text(json("relay").add("iceServers", iceServers(Optional.of(relay))));
    }

    /** @param by the name of the practitioner who was faster; empty when it cannot be shown */
    static String missed(String inRoom, Optional<String> by) {
        return text(json("missed").add("participant", inRoom).add("why", "IN").add("by", by.orElse("")));
    }

    /** Nobody can go to a room of this session's now. */
    static String missed(String inRoom, NoRoomException.Why why) {
        return text(json("missed").add("participant", inRoom).add("why", why.name()));
    }

    /** So many are in the room at the provider. */
    static String inRoom(int people) {
        return text(json("in-room").add("people", people));
    }

    /** As many talk as can. */
    static String full(String inRoom) {
        return text(json("missed").add("participant", inRoom).add("why", "FULL"));
    }

    /**
     * Who is in, but for whoever is told. The host is always among them, and DROPPED while they have no socket here.
     *
     * @param host the host's name; empty when it cannot be shown
     * @param present who has a socket
     */
    static String people(VideoSession session, Optional<String> host, List<String> present, String told) {
        var people = Json.createArrayBuilder();
        if (!session.hostInRoom().equals(told)) {
            var state = present.contains(session.hostInRoom()) ? Admission.IN_CALL : Admission.DROPPED;
            people.add(inRoom(session.hostInRoom(), ParticipantRole.HOST, host.orElse(""), state));
        }
        session.people()
                .stream()
                .filter(who -> who.admission().mayTalk() && !who.inRoom().equals(told))
                .forEach(who -> people
                        .add(inRoom(who.inRoom(), who.role(), who.displayName().value(), who.admission())));
        return text(json("people").add("people", people));
    }

    private static JsonObjectBuilder inRoom(String participant, ParticipantRole role, String name, Admission state) {
        return Json.createObjectBuilder()
                .add("participant", participant)
                .add("role", role.name())
                .add("name", name)
                .add("state", state.name());
    }

    static String start(String peer, String connection, boolean offerer) {
        return text(json("start").add("peer", peer).add("connection", connection).add("offerer", offerer));
    }

    /** The signal for the other side, with whom it is from; empty when a relayed call must not have it. */
    static Optional<String> signal(LiveMessage.Signal signal, String from, boolean relayed) {
        var message = json(signal.kind().name().toLowerCase(Locale.ROOT)).add("peer", from)
                .add("connection", signal.connection());
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

    private static JsonObjectBuilder person(VideoSession session, Participant who, boolean here) {
        var person = Json.createObjectBuilder()
                .add("participant", who.inRoom())
                .add("session", session.id().toString())
                .add("role", who.role().name())
                .add("label", who.who().label())
                .add("patientLabel", session.patientLabel())
                .add("displayName", who.displayName().value())
                .add("startsAt", session.startsAt().toString())
                .add("state", who.admission().name())
                .add("here", here);
        who.waitingSince().ifPresent(since -> person.add("waitingSince", since.toString()));
        who.message().ifPresent(message -> person.add("message", message(message)));
        who.devices()
                .ifPresent(found -> person.add("camera", found.camera().name())
                        .add("microphone", found.microphone().name())
                        .add("speaker", found.speaker().name())
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
