// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider.whereby;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sluse.secret.Secret;

/**
 * The header by which Whereby proves an event, {@code Whereby-Signature: t=<unix seconds>,v1=<hex>}: HMAC-SHA256 under the webhook's secret, of {@code t}, a full stop and the body as it came.
 *
 * @param seconds when it was sent, by Whereby's clock
 * @param mac 32 bytes
 */
record EventSignature(long seconds, byte[] mac) {

    /** An event is as old as this at most, or as far ahead: Whereby tries again within seconds. */
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Pattern FORM = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");

    /** Whether {@code header} proves that whoever has the secret has sent exactly these bytes about now. */
    static boolean isValid(String header, byte[] body, Secret secret, Instant now) {
        var form = FORM.matcher(header);
        return form.matches()
                && new EventSignature(Long.parseLong(form.group(1)), HexFormat.of().parseHex(form.group(2)))
                        .isOf(body, secret, now);
    }

    private boolean isOf(byte[] body, Secret secret, Instant now) {
        // In both directions: a time far ahead could be used as long as it lies there.
        var away = Duration.between(Instant.ofEpochSecond(seconds), now).abs();
        return MessageDigest.isEqual(mac, expected(body, secret)) && away.compareTo(WINDOW) <= 0;
    }

    private byte[] expected(byte[] body, Secret secret) {
        try {
            var hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            hmac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return hmac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is missing", impossible);
        }
    }
}
