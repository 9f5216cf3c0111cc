// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluse.problem.ProblemException;

/** Messages that no page of ours says, in numbers. Seeded, so that what fails once fails again. */
class LiveCodecMutationsTest {

    private static final String PSEUDONYM = "AAAAAAAAQACAAAAAAAAAAA";

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    /** One of each type, with every member. */
    private static final List<JsonObject> GOOD = List.of(
            "{'type':'join','ticket':'%1$s'}", "{'type':'heartbeat'}",
            "{'type':'knock','camera':'WORKING','microphone':'MISSING','connection':'GOOD'}",
            "{'type':'quality','loss':'NONE','delay':'SOME','freezes':'MUCH','way':'RELAYED'}",
            "{'type':'try-relay'}",
            "{'type':'leave'}", "{'type':'ready','token':'a.b.c'}",
            "{'type':'connected','peer':'%1$s','connection':'%1$s'}",
            "{'type':'offer','peer':'%1$s','connection':'%1$s','sdp':'v=0'}",
            "{'type':'answer','peer':'%1$s','connection':'%1$s','sdp':'v=0'}",
            "{'type':'admit','participant':'%1$s'}", "{'type':'back','participant':'%1$s'}",
            "{'type':'deny','participant':'%1$s'}", "{'type':'end'}")
            .stream()
            .map(text -> text.formatted(PSEUDONYM).replace('\'', '"'))
            .map(LiveCodecMutationsTest::json)
            .toList();

    private static final List<JsonValue> WRONG = List.of(JsonValue.NULL, JsonValue.TRUE, JsonValue.EMPTY_JSON_ARRAY,
            JsonValue.EMPTY_JSON_OBJECT, Json.createValue(1), Json.createValue(""), Json.createValue(" "));

    private static final JsonValue TOO_LONG = Json.createValue("x".repeat(LiveCodec.LONGEST_SDP + 1));
    private static final JsonValue UNKNOWN = Json.createValue("unknown");

    private final Random random = new Random(5);

    @Test
    void not_one_of_a_million_messages_that_are_none_is_understood_and_each_is_refused_in_words() {
        for (var good : GOOD) {
            assertThat(LiveCodec.decode(good.toString())).isNotNull();
        }
        for (var i = 0; i < 1_000_000; i++) {
            var broken = broken(GOOD.get(random.nextInt(GOOD.size())));
            if (!isRefused(broken)) {
                throw new AssertionError("Message " + i + " is understood: " + broken);
            }
        }
    }

    @Test
    void a_media_line_is_one_of_a_hundred_however_its_number_is_written() {
        assertThat(isRefused(candidate("99"))).isFalse();
        for (var wrong : List.of("100", "-1", "1.5", "1e2", "4294967296", "1e400", "1e-400", BigInteger.TWO.pow(64),
                "1" + "0".repeat(1000))) {
            assertThat(isRefused(candidate(wrong.toString()))).as("%s", wrong).isTrue();
        }
    }

    private static String candidate(String line) {
        return """
                {"type": "candidate", "peer": "%1$s", "connection": "%1$s", "candidate": "x", "sdpMLineIndex": %2$s}"""
                .formatted(PSEUDONYM, line);
    }

    private String broken(JsonObject good) {
        return switch (random.nextInt(7)) {
            case 0 -> cut(good.toString());
            case 1 -> good.toString() + "{}[]x\"0".charAt(random.nextInt(7));
            case 2 -> with(good, random.nextBoolean() ? "x" : "Type", JsonValue.TRUE);
            case 3 -> with(good, member(good), WRONG.get(random.nextInt(WRONG.size())));
            case 4 -> without(good, member(good));
            case 5 -> noise();
            // Rare, since it takes long.
            default -> random.nextInt(200) == 0 ? oversized(good) : with(good, "type", UNKNOWN);
        };
    }

    private String oversized(JsonObject good) {
        return switch (random.nextInt(3)) {
            case 0 -> with(good, member(good), TOO_LONG);
            case 1 -> "[".repeat(60_000);
            default -> "{\"type\":".repeat(9_000);
        };
    }

    private String cut(String text) {
        return text.substring(0, random.nextInt(text.length()));
    }

    private String noise() {
        return random.ints(random.nextInt(40), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String member(JsonObject good) {
        return good.keySet().stream().skip(random.nextInt(good.size())).findFirst().orElseThrow();
    }

    private static String with(JsonObject good, String name, JsonValue value) {
        return BUILDERS.createObjectBuilder(good).add(name, value).build().toString();
    }

    private static String without(JsonObject good, String name) {
        return BUILDERS.createObjectBuilder(good).remove(name).build().toString();
    }

    private static boolean isRefused(String text) {
        try {
            LiveCodec.decode(text);
            return false;
        } catch (ProblemException refused) {
            return true;
        }
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
