// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.jitsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.secret.Secret;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;
import org.sluse.video.admission.DisplayName;
import org.sluse.video.provider.MediaPath;
import org.sluse.video.provider.MediaProvider;
import org.sluse.video.provider.NoRoomException;
import org.sluse.video.provider.NoRoomException.Why;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.VideoSettings;

class JitsiTest {

    private static final VideoSettings SHARED = TestSettings.none().jitsi().get();
    private static final String KEY_ID = "vpaas-magic-cookie-1234/5678";

    private final ManualClock clock = new ManualClock();
    private final JitsiByHand byHand = new JitsiByHand();
    private final MediaProvider jitsi = byHand.provider(new KnownIds(), clock);

    @Test
    void everybody_has_a_token_for_one_room_that_tells_their_name_and_nothing_more() throws Exception {
        var token = SignedJWT.parse(enter(SHARED, "Kari", false));

        assertThat(token.verify(new MACVerifier(TestSettings.JITSI_KEY.reveal()))).isTrue();
        assertThat(token.getJWTClaimsSet().getClaims().keySet())
                .isEqualTo(Set.of("iss", "aud", "sub", "room", "nbf", "exp", "context"));
        assertThat(token.getJWTClaimsSet().getClaim("context"))
                .isEqualTo(Map.of("user", Map.of("name", "Kari", "moderator", "false")));
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("clinic-app");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("clinic-app");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("meet.example.org");
        assertThat(token.getHeader().toJSONObject().keySet()).isEqualTo(Set.of("alg"));
    }

    @Test
    void it_opens_the_room_for_five_minutes_and_who_leads_moderates() throws Exception {
        var claims = SignedJWT.parse(enter(SHARED, "Practitioner 1", true)).getJWTClaimsSet();

        assertThat(claims.getExpirationTime()).isEqualTo(ManualClock.NOON.plus(Duration.ofMinutes(5)));
        assertThat(claims.getNotBeforeTime()).isBeforeOrEqualTo(ManualClock.NOON);
        assertThat(claims.getJSONObjectClaim("context").toString()).contains("moderator=true");
    }

    @Test
    void a_room_is_a_random_name_at_the_clinics_site_and_its_token_is_for_no_other() throws Exception {
        var room = jitsi.open(SHARED, clock.instant(), true);

        assertThat(room.external().address()).isEqualTo("https://meet.example.org/" + room.external().id());
        assertThat(room.external().id()).matches("[0-9a-f-]{36}");
        assertThat(room.path()).isEqualTo(MediaPath.SFU_HOP);
        var frame = jitsi.entry(SHARED, room, new DisplayName("Kari"), false).orElseThrow();
        assertThat(frame.by()).isEqualTo("Meet AS");
        assertThat(SignedJWT.parse(frame.address().getQuery().substring("jwt=".length()))
                .getJWTClaimsSet()
                .getStringClaim("room")).isEqualTo(room.external().id());
    }

    @Test
    void at_jaas_it_is_signed_with_the_private_key_as_8x8_wants_it() throws Exception {
        var pair = pair();
        var jaas = jaas(pair);

        var token = SignedJWT.parse(enter(jaas, "Kari", false));

        assertThat(token.verify(new RSASSAVerifier((RSAPublicKey) pair.getPublic()))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo(KEY_ID);
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("chat");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("jitsi");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("clinic-app");
        assertThat(jitsi.open(jaas, clock.instant(), true).external().address())
                .startsWith("https://meet.example.org/clinic-app/");
    }

    @Test
    void it_is_ready_when_it_can_sign_and_the_register_can_name_it() throws Exception {
        assertThat(jitsi.ready(SHARED).isReady()).isTrue();
        assertThat(jitsi.ready(jaas(pair())).isReady()).isTrue();
        assertThat(jitsi.ready(TestSettings.nothing(VideoProvider.JITSI)).reasons()).extracting("key")
                .containsExactly("ready.jitsi-site", "ready.jitsi-key", "ready.jitsi-name");
        assertThat(jitsi.ready(TestSettings.none().jaas(KEY_ID, new Secret("no key")).get()).reasons())
                .extracting("key")
                .containsExactly("ready.jitsi-key");
    }

    @Test
    void what_the_gate_refuses_nobody_is_given() {
        byHand.refuses(Reason.RECIPIENT_STOPPED);

        assertThatExceptionOfType(NoRoomException.class).isThrownBy(() -> enter(SHARED, "Kari", false))
                .satisfies(none -> assertThat(none.why()).isEqualTo(Why.NOT_ALLOWED));
    }

    private String enter(VideoSettings settings, String name, boolean leads) {
        var room = jitsi.open(settings, clock.instant(), true);
        return jitsi.entry(settings, room, new DisplayName(name), leads)
                .orElseThrow()
                .address()
                .getQuery()
                .substring("jwt=".length());
    }

    private static VideoSettings jaas(KeyPair pair) {
        return TestSettings.none()
                .jaas(KEY_ID, new Secret("-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n"))
                .get();
    }

    private static KeyPair pair() throws Exception {
        var pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(2048);
        return pairs.generateKeyPair();
    }
}
