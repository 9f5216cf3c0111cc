// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.admission;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
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

    /** A credential that the relay accepts until {@code expires}. */
    public static TurnCredential until(Instant expires, String random, Secret shared) {
        var username = expires.getEpochSecond() + ":" + random;
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(shared.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return new TurnCredential(username,
                    Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA1 is missing", impossible);
        }
    }

    @Override
    public String toString() {
        return "[turn credential]";
    }
}
