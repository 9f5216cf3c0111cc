// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sluse.secret.Secret;

/**
 * A time-limited right to use the clinic's relay (coturn, README.turnserver, TURN REST API).
 *
 * @param username {@code <unix seconds of expiry>:<random>}; the relay logs it, so nothing in it says who
 * @param credential base64 of HMAC-SHA1 of the user name under the shared secret
 */
public record TurnCredential(String username, String credential) {

    /** In seconds; a credential for trying lives for one to two of these. */
    private static final long TRYING = 30;
    private static final int CHARACTERS_OF_128_BITS = 22;

    /** A credential that the relay accepts until {@code expires}. */
    public static TurnCredential until(Instant expires, String random, Secret shared) {
        var username = expires.getEpochSecond() + ":" + random;
        return new TurnCredential(username, Base64.getEncoder().encodeToString(mac("HmacSHA1", username, shared)));
    }

    /**
     * A credential to try the relay with before admission (ADR 0018). It lives for 30 to 60 s, and whoever asks again within the same half
     * minute gets the same: one participant never has more than two, and the relay's quota for a user counts them as one.
     *
     * @param participant in whose name it is; cannot be told from the user name without the secret
     */
    public static TurnCredential toTry(UUID participant, Instant now, Secret shared) {
        var expires = (now.getEpochSecond() / TRYING + 2) * TRYING;
        var pseudonym = Base64.getUrlEncoder()
                .encodeToString(mac("HmacSHA256", "try " + participant + " " + expires, shared))
                .substring(0, CHARACTERS_OF_128_BITS);
        return until(Instant.ofEpochSecond(expires), pseudonym, shared);
    }

    private static byte[] mac(String algorithm, String text, Secret shared) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(shared.reveal().getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(algorithm + " is missing", impossible);
        }
    }

    @Override
    public String toString() {
        return "[turn credential]";
    }
}
