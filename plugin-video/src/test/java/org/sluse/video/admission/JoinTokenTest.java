// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluse.testkit.ManualClock;
import org.sluse.tenant.TenantId;

class JoinTokenTest {

    private static final byte[] KEY = new byte[32];
    private static final TenantId NORTH = new TenantId("clinic-north");

    @Test
    void holds_its_eight_claims_and_no_other() throws ParseException {
        var claims = SignedJWT.parse(token("p", "r", "Kari").signed(KEY)).getJWTClaimsSet();

        assertThat(claims.getClaims().keySet()).isEqualTo(JoinToken.CLAIMS);
        assertThat(claims.getClaim("name")).isEqualTo("Kari");
    }

    @Test
    void holds_no_other_claim_for_any_of_ten_thousand_patients() throws ParseException {
        var random = new Random(42);
        for (var i = 0; i < 10_000; i++) {
            var name = "abcdefghijklmnopqrstuvwxyzæøåäöüß".substring(random.nextInt(30)) + random.nextInt(9);
            var participant = UUID.nameUUIDFromBytes(new byte[]{(byte) random.nextInt(), (byte) i}).toString();

            var claims = SignedJWT.parse(token(participant, "r" + i, name).signed(KEY)).getJWTClaimsSet().getClaims();

            assertThat(claims.keySet()).isEqualTo(JoinToken.CLAIMS);
            assertThat(claims).containsEntry("name", name)
                    .containsEntry("sub", participant)
                    .containsEntry("room", "r" + i)
                    .containsEntry("iss", NORTH.value())
                    .containsEntry("role", "PATIENT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void says_which_role_by_the_same_claims(ParticipantRole role) throws ParseException {
        var token = new JoinToken(NORTH, "p", "r", role, new DisplayName("Kari"), ManualClock.NOON, "id");

        var claims = SignedJWT.parse(token.signed(KEY)).getJWTClaimsSet();

        assertThat(claims.getClaims().keySet()).isEqualTo(JoinToken.CLAIMS);
        assertThat(claims.getClaim("role")).isEqualTo(role.name());
    }

    @Test
    void is_the_right_of_one_participant_in_one_room_of_one_clinic_until_it_expires() {
        var signed = token("p", "r", "Kari").signed(KEY);
        var now = ManualClock.NOON;

        assertThat(JoinToken.isRightOf(signed, KEY, NORTH, "r", "p", now)).isTrue();
        assertThat(JoinToken.isRightOf(signed, KEY, NORTH, "other", "p", now)).isFalse();
        assertThat(JoinToken.isRightOf(signed, KEY, NORTH, "r", "other", now)).isFalse();
        assertThat(JoinToken.isRightOf(signed, KEY, new TenantId("clinic-south"), "r", "p", now)).isFalse();
        assertThat(JoinToken.isRightOf(signed, KEY, NORTH, "r", "p", now.plus(Duration.ofMinutes(10)))).isFalse();
        assertThat(JoinToken.isRightOf(signed, "another key of 32 characters ....".getBytes(StandardCharsets.UTF_8),
                NORTH, "r", "p", now)).isFalse();
        assertThat(JoinToken.isRightOf("nonsense", KEY, NORTH, "r", "p", now)).isFalse();
    }

    private static JoinToken token(String participant, String room, String name) {
        return new JoinToken(NORTH, participant, room, ParticipantRole.PATIENT, new DisplayName(name),
                ManualClock.NOON.plus(Duration.ofMinutes(10)), "id");
    }
}
