// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.video.admission.Participant.Device;
import org.sluse.video.admission.Participant.Devices;
import org.sluse.video.admission.Participant.Line;
import org.sluse.video.quality.CallQuality;
import org.sluse.video.quality.CallQuality.Grade;
import org.sluse.video.quality.CallQuality.Way;

/** Reads messages of browsers: exactly the members that a type has, each of its kind and within its length. */
final class LiveCodec {

    /** An offer of one audio and one video track has 5,000 to 10,000 characters. */
    static final int LONGEST_SDP = 40_000;
    private static final int LONGEST_CANDIDATE = 1_000;
    private static final int LONGEST_MESSAGE = 200;
    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_TOKEN = 2_000;

    /** What {@link org.sluse.id.Ids#token()} gives. Nothing else reaches the audit trail. */
    private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9_-]{22}");

    /** Of a description, counted from 0. As text: a number of 33 bits has an {@code int} in it. */
    private static final Pattern LINE = Pattern.compile("\\d{1,2}");

    /** Asked of {@code Json} each time, it would look through the class path for who can parse. Thread-safe. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private LiveCodec() {
    }

    /** @throws ProblemException when the text is no message; says which member, never its value */
    static LiveMessage decode(String text) {
        var json = parse(text);
        return switch (word(json, "type", LONGEST_WORD)) {
            case "join" -> only(json, () -> new LiveMessage.Join(word(json, "ticket", LONGEST_WORD)), "ticket");
            case "heartbeat" -> only(json, LiveMessage.Heartbeat::new);
            case "knock" ->
                only(json, () -> new LiveMessage.Knock(devices(json)), "camera", "microphone", "speaker", "connection");
            case "try-relay" -> only(json, LiveMessage.TryRelay::new);
            case "leave" -> only(json, LiveMessage.Leave::new);
            case "ready" -> only(json,
                    () -> new LiveMessage.Ready(word(json, "token", LONGEST_TOKEN),
                            isAbsent(json, "peer") ? Optional.empty() : Optional.of(pseudonym(json, "peer"))),
                    "token", "peer");
            case "connected" -> only(json,
                    () -> new LiveMessage.Connected(pseudonym(json, "peer"), word(json, "connection", LONGEST_WORD)),
                    "peer", "connection");
            case "offer" -> description(json, LiveMessage.Signal.Kind.OFFER);
            case "answer" -> description(json, LiveMessage.Signal.Kind.ANSWER);
            case "candidate" -> only(json,
                    () -> new LiveMessage.Signal(LiveMessage.Signal.Kind.CANDIDATE,
                            pseudonym(json, "peer"), word(json, "connection", LONGEST_WORD),
                            text(json, "candidate", LONGEST_CANDIDATE), mid(json), line(json)),
                    "peer", "connection", "candidate", "sdpMid", "sdpMLineIndex");
            case "quality" ->
                only(json, () -> new LiveMessage.Quality(quality(json)), "loss", "delay", "freezes", "way");
            case "admit" ->
                only(json, () -> new LiveMessage.Admit(pseudonym(json, "participant")), "participant");
            case "hold" -> only(json,
                    () -> new LiveMessage.Hold(pseudonym(json, "participant"),
                            isAbsent(json, "message")
                                    ? Optional.empty()
                                    : Optional.of(word(json, "message", LONGEST_MESSAGE).strip())),
                    "participant", "message");
            case "back" ->
                only(json, () -> new LiveMessage.Back(pseudonym(json, "participant")), "participant");
            case "deny" ->
                only(json, () -> new LiveMessage.Deny(pseudonym(json, "participant")), "participant");
            case "end" -> only(json, LiveMessage.End::new);
            default -> throw notUnderstood("/type");
        };
    }

    /** The refusal of a message, by the place that is wrong. */
    static ProblemException notUnderstood(String pointer) {
        return new ProblemException(Problem.MALFORMED, "The message is not understood at '" + pointer + "'");
    }

    private static LiveMessage description(JsonObject json, LiveMessage.Signal.Kind kind) {
        return only(json,
                () -> new LiveMessage.Signal(kind, pseudonym(json, "peer"), word(json, "connection", LONGEST_WORD),
                        word(json, "sdp", LONGEST_SDP), Optional.empty(),
                        Optional.empty()),
                "peer", "connection", "sdp");
    }

    private static LiveMessage only(JsonObject json, Supplier<LiveMessage> message,
            String... members) {
        var known = Set.of(members);
        json.keySet()
                .stream()
                .filter(name -> !name.equals("type") && !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw notUnderstood("/" + name);
                });
        return message.get();
    }

    private static JsonObject parse(String text) {
        try (var parser = PARSERS.createParser(new StringReader(text))) {
            parser.next();
            var object = parser.getObject();
            // A parser looks at what follows only when it is asked for it.
            if (!parser.hasNext()) {
                return object;
            }
        } catch (RuntimeException notAnObject) {
            // JsonException for most; what is nested too deeply, empty or no object is refused by others.
        }
        throw notUnderstood("");
    }

    private static String word(JsonObject json, String name, int longest) {
        var text = text(json, name, longest);
        if (text.isBlank()) {
            throw notUnderstood("/" + name);
        }
        return text;
    }

    private static String text(JsonObject json, String name, int longest) {
        if (json.get(name) instanceof JsonString string && string.getString().length() <= longest) {
            return string.getString();
        }
        throw notUnderstood("/" + name);
    }

    private static String pseudonym(JsonObject json, String name) {
        var text = text(json, name, LONGEST_WORD);
        if (!PSEUDONYM.matcher(text).matches()) {
            throw notUnderstood("/" + name);
        }
        return text;
    }

    private static Optional<String> mid(JsonObject json) {
        return isAbsent(json, "sdpMid") ? Optional.empty() : Optional.of(text(json, "sdpMid", LONGEST_WORD));
    }

    /** Null is absent: RTCIceCandidate (WebRTC 1.0, 4.8.1) has it where it knows no media line. */
    private static boolean isAbsent(JsonObject json, String name) {
        return !json.containsKey(name) || json.isNull(name);
    }

    private static Optional<Integer> line(JsonObject json) {
        if (isAbsent(json, "sdpMLineIndex")) {
            return Optional.empty();
        }
        if (json.get("sdpMLineIndex") instanceof JsonNumber number && LINE.matcher(number.toString()).matches()) {
            return Optional.of(number.intValue());
        }
        throw notUnderstood("/sdpMLineIndex");
    }

    private static Devices devices(JsonObject json) {
        return new Devices(one(json, "camera", Device.values(), Device::name),
                one(json, "microphone", Device.values(), Device::name),
                // Pages of before there was a word for it leave it out.
                json.containsKey("speaker")
                        ? one(json, "speaker", Device.values(), Device::name)
                        : Device.UNTRIED,
                one(json, "connection", Line.values(), Line::name));
    }

    private static CallQuality quality(JsonObject json) {
        return new CallQuality(one(json, "loss", Grade.values(), Grade::name),
                one(json, "delay", Grade.values(), Grade::name),
                one(json, "freezes", Grade.values(), Grade::name), one(json, "way", Way.values(), Way::name));
    }

    private static <E> E one(JsonObject json, String name, E[] values, Function<E, String> nameOf) {
        var word = word(json, name, LONGEST_WORD);
        return Arrays.stream(values)
                .filter(value -> nameOf.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> notUnderstood("/" + name));
    }
}
