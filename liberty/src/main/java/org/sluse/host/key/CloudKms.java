// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.google.GoogleAccess;
import org.sluse.host.google.GoogleRefusedException;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.outgoing.Received;

/**
 * A symmetric key in Google Cloud KMS, which never leaves it: each call here is one call there (REST v1, {@code cryptoKeys.encrypt} and {@code .decrypt}). What is sent and what comes has CRC-32C checksums; an
 * answer with another one is thrown away and asked for again, three times at most, as the reference wants it. Up to 64 KiB, or 8 KiB with a key in a hardware module. Thread-safe; blocks.
 */
final class CloudKms implements Sealing {

    /** Google's own. */
    static final URI GOOGLE = URI.create("https://cloudkms.googleapis.com");
    private static final Pattern ADDRESS = Pattern.compile(
            "gcp-kms://(projects/[a-z0-9:.-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]{1,63}/cryptoKeys/[A-Za-z0-9_-]{1,63})");
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int TRIES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final URI service;
    private final GoogleAccess google;
    private final PersistentHttp http;

    /** @param address {@code gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K} @throws KeyServiceException when it is none */
    CloudKms(String address, URI service, GoogleAccess google, PersistentHttp http) {
        var parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new KeyServiceException("'" + address
                    + "' is no key of a key service; right would be gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K",
                    null);
        }
        this.key = parts.group(1);
        this.service = service;
        this.google = google;
        this.http = http;
    }

    /** @throws KeyServiceException when the service does not do it */
    @Override
    public byte[] encrypt(byte[] plain, String binding) {
        var bound = binding.getBytes(StandardCharsets.UTF_8);
        var asked = JSON.createObjectNode()
                .put("plaintext", base64(plain))
                .put("plaintextCrc32c", crc32c(plain))
                .put("additionalAuthenticatedData", base64(bound))
                .put("additionalAuthenticatedDataCrc32c", crc32c(bound));
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var answer = json(accepted(send("encrypt", asked)));
            var cipher = bytes(answer, "ciphertext");
            if (answer.path("verifiedPlaintextCrc32c").asBoolean()
                    && answer.path("verifiedAdditionalAuthenticatedDataCrc32c").asBoolean()
                    && answer.path("name").asText().startsWith(key + "/cryptoKeyVersions/")
                    && answer.path("ciphertextCrc32c").asText().equals(crc32c(cipher))) {
                return cipher;
            }
        }
        throw altered();
    }

    /** @throws KeyServiceException when the service does not do it; what was altered, or encrypted for another binding or with another key, is empty as elsewhere */
    @Override
    public Optional<byte[]> decrypt(byte[] cipher, String binding) {
        var bound = binding.getBytes(StandardCharsets.UTF_8);
        var asked = JSON.createObjectNode()
                .put("ciphertext", base64(cipher))
                .put("ciphertextCrc32c", crc32c(cipher))
                .put("additionalAuthenticatedData", base64(bound))
                .put("additionalAuthenticatedDataCrc32c", crc32c(bound));
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var received = send("decrypt", asked);
            if (received.status() == 400 && status(received).equals("INVALID_ARGUMENT")) {
                return Optional.empty();
            }
            var answer = json(accepted(received));
            var plain = bytes(answer, "plaintext");
            if (answer.path("plaintextCrc32c").asText().equals(crc32c(plain))) {
                return Optional.of(plain);
            }
        }
        throw altered();
    }

    private Received send(String verb, JsonNode body) {
        try {
            return google.<RuntimeException>authorized(token -> http.send(() -> {
                var request = new HttpUriRequestBase("POST", URI.create(service + "/v1/" + key + ":" + verb));
                request.addHeader("Authorization", "Bearer " + token);
                request.setEntity(new StringEntity(body.toString(), ContentType.APPLICATION_JSON));
                return request;
            }, WITHIN));
        } catch (GoogleRefusedException refused) {
            throw new KeyServiceException(String.valueOf(refused.getMessage()), refused);
        } catch (NotSentException | NoAnswerException silent) {
            throw new KeyServiceException("The key service of '" + key
                    + "' does not answer; right would be a way out of this machine to " + service
                    + ". A server that runs goes on without it, and one that starts needs it", silent);
        }
    }

    private Received accepted(Received received) {
        if (received.status() == 200) {
            return received;
        }
        var wrong = switch (status(received)) {
            case "UNAUTHENTICATED", "PERMISSION_DENIED" ->
                "does not let this service account use it; right would be the role roles/cloudkms.cryptoKeyEncrypterDecrypter on it";
            case "NOT_FOUND" -> "is not there; right would be the name of a key that exists";
            case "FAILED_PRECONDITION" ->
                "is disabled, or its version is; right would be to enable it, or to restore the version while it waits for its destruction";
            case "INVALID_ARGUMENT" ->
                "cannot do that; right would be a key for symmetric encryption (purpose ENCRYPT_DECRYPT)";
            default -> "answers " + received.status()
                    + "; right would be to try again later. A server that runs goes on without it, and one that starts needs it";
        };
        throw new KeyServiceException("The key '" + key + "' " + wrong, null);
    }

    private KeyServiceException altered() {
        return new KeyServiceException("What comes from the key service of '" + key + "' is not what it sent, "
                + TRIES + " times; right would be a way to it that alters nothing", null);
    }

    /** Google's name for the error; empty where it has none. */
    private static String status(Received received) {
        try {
            return JSON.readTree(received.body()).path("error").path("status").asText();
        } catch (IOException none) {
            return "";
        }
    }

    private JsonNode json(Received received) {
        try {
            return JSON.readTree(received.body());
        } catch (IOException unreadable) {
            throw altered();
        }
    }

    private byte[] bytes(JsonNode answer, String name) {
        try {
            return Base64.getDecoder().decode(answer.path(name).asText());
        } catch (IllegalArgumentException unreadable) {
            throw altered();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** An int64 is a string in JSON (ProtoJSON). */
    private static String crc32c(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return String.valueOf(sum.getValue());
    }

    @Override
    public String toString() {
        return "gcp-kms://" + key;
    }
}
