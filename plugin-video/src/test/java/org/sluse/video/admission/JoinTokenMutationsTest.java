// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sluse.testkit.ManualClock;
import org.sluse.tenant.TenantId;

/** Join tokens in numbers: changed ones, and those of many patients. Seeded, so that what fails once fails again. */
class JoinTokenMutationsTest {

    private static final byte[] KEY = "a key of the tests, 32 characters".getBytes(StandardCharsets.UTF_8);
    private static final TenantId NORTH = new TenantId("clinic-north");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n{}\"";

    private final Random random = new Random(5);

    @Test
    void not_one_of_100_000_changed_tokens_is_accepted() {
        var good = token("participant", "room", "Kari").signed(KEY);
        assertThat(accepts(good)).isTrue();

        for (var i = 0; i < 100_000; i++) {
            var changed = changed(good);
            assertThat(accepts(changed)).as("token %s: '%s'", i, changed).isFalse();
        }
    }

    @Test
    void tokens_of_10_000_patients_hold_the_eight_claims_and_nothing_of_the_patient_but_the_name()
            throws ParseException {
        var ids = new HashSet<String>();
        for (var i = 0; i < 10_000; i++) {
            var name = word(1 + random.nextInt(20));
            var token = token(pseudonym(), pseudonym(), name);

            var claims = SignedJWT.parse(token.signed(KEY)).getJWTClaimsSet().getClaims();

            assertThat(claims.keySet()).isEqualTo(JoinToken.CLAIMS);
            assertThat(claims).containsEntry("sub", token.participant())
                    .containsEntry("room", token.room())
                    .containsEntry("name", name)
                    .containsEntry("role", token.role().name())
                    .containsEntry("iss", "clinic-north")
                    .containsEntry("jti", token.id());
            ids.add(token.id());
        }
        assertThat(ids).hasSize(10_000);
    }

    /** Another text than the good one. */
    private String changed(String good) {
        while (true) {
            var changed = switch (random.nextInt(6)) {
                case 0 -> put(good, random.nextInt(good.length()), 1, letter());
                case 1 -> put(good, random.nextInt(good.length()), 0, letter());
                case 2 -> put(good, random.nextInt(good.length()), 1, "");
                case 3 -> good.substring(0, random.nextInt(good.length()));
                case 4 -> put(good, random.nextInt(good.length()), random.nextInt(20),
                        good.substring(random.nextInt(good.length())));
                default -> withOtherClaims(good);
            };
            if (!changed.equals(good)) {
                return changed;
            }
        }
    }

    /** The old signature under claims, or under a header, of somebody's own making. */
    private String withOtherClaims(String good) {
        var parts = good.split("\\.");
        var part = random.nextInt(2);
        var json = new String(Base64.getUrlDecoder().decode(parts[part]), StandardCharsets.UTF_8);
        var at = random.nextInt(json.length());
        var forged = part == 0 && random.nextBoolean()
                ? "{\"alg\":\"none\"}"
                : json.substring(0, at) + letter() + json.substring(Math.min(json.length(), at + 1));
        parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(StandardCharsets.UTF_8));
        return Arrays.stream(parts).limit(random.nextInt(8) == 0 ? 2 : 3).collect(Collectors.joining("."));
    }

    private static String put(String text, int at, int insteadOf, String piece) {
        return text.substring(0, at) + piece + text.substring(Math.min(text.length(), at + insteadOf));
    }

    private String letter() {
        return String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }

    private String word(int length) {
        return random.ints(length, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private String pseudonym() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static boolean accepts(String token) {
        return JoinToken.isRightOf(token, KEY, NORTH, "room", "participant", ManualClock.NOON);
    }

    private JoinToken token(String participant, String room, String name) {
        return new JoinToken(NORTH, participant, room, ParticipantRole.PATIENT, new DisplayName(name),
                ManualClock.NOON.plus(Duration.ofMinutes(10)), pseudonym());
    }
}
