// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sluse.host.key.Sha256;

/**
 * Signs requests as S3 wants it (AWS Signature Version 4, the payload hashed and in one piece).
 *
 * @param region for example {@code eu-north-1}
 * @param accessKey whose the secret key is; no secret
 * @param secretKey never said
 */
record SigV4(String region, String accessKey, String secretKey) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * The headers that the request needs besides.
     *
     * @param host with the port, as the header {@code Host} has it
     * @param path encoded, see {@link #encoded}
     * @param query not encoded
     * @param headers that are sent, all of them signed
     * @param sha256 of the body, in hexadecimal digits
     */
    Map<String, String> sign(String method, String host, String path, SortedMap<String, String> query,
            Map<String, String> headers, String sha256, Instant at) {
        var time = TIME.format(at);
        var added = new TreeMap<>(Map.of("x-amz-content-sha256", sha256, "x-amz-date", time));
        var signed = new TreeMap<>(added);
        signed.put("host", host);
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        var names = String.join(";", signed.keySet());
        var canonical = String.join("\n", method, path, query(query),
                signed.entrySet()
                        .stream()
                        .map(one -> one.getKey() + ":" + one.getValue() + "\n")
                        .collect(Collectors.joining()),
                names, sha256);
        var day = time.substring(0, 8);
        var scope = day + "/" + region + "/s3/aws4_request";
        var text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hex(Sha256.of(canonical));
        var key = hmac(hmac(hmac(hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day), region), "s3"),
                "aws4_request");
        added.put("authorization", "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ",SignedHeaders=" + names
                + ",Signature=" + hex(hmac(key, text)));
        return added;
    }

    /** As the address has it, and as it is signed. */
    static String query(SortedMap<String, String> query) {
        return query.entrySet()
                .stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Everything but what RFC 3986, 2.3 calls unreserved is written as %XX. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA-256 is missing", impossible);
        }
    }

    @Override
    public String toString() {
        return "SigV4[" + region + ", " + accessKey + "]";
    }
}
