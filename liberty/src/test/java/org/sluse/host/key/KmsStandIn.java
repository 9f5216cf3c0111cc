// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32C;
import org.sluse.host.google.GoogleStandIn;
import org.sluse.host.google.GoogleStandIn.Request;
import org.sluse.host.google.GoogleStandIn.Response;
import org.sluse.host.outgoing.PersistentHttp;

/** Stands in for Google Cloud KMS, REST v1: {@code cryptoKeys.encrypt} and {@code cryptoKeys.decrypt} of two keys, with every checksum. */
final class KmsStandIn implements AutoCloseable {

    static final String RING = "projects/project-1/locations/europe-west3/keyRings/sluse/cryptoKeys/";

    private static final ObjectMapper JSON = new ObjectMapper();

    final GoogleStandIn google = new GoogleStandIn();
    final AtomicInteger calls = new AtomicInteger();
    private final PersistentHttp http = new PersistentHttp(time -> {
    });
    private final Map<String, Aead> keys = new HashMap<>();
    private Iterator<UnaryOperator<String>> alterations = List.<UnaryOperator<String>>of().iterator();

    KmsStandIn() {
        try {
            AeadConfig.register();
            for (var name : List.of("root", "another")) {
                keys.put(RING + name, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
                        .getPrimitive(RegistryConfiguration.get(), Aead.class));
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        google.serves(this::answer);
    }

    /** @param name of one of its keys */
    CloudKms key(String name) {
        return at("gcp-kms://" + RING + name);
    }

    CloudKms at(String address) {
        return new CloudKms(address, google.address(), google.machine(http, Clock.systemUTC()), http);
    }

    /** The next answers are altered on their way. */
    @SafeVarargs
    final void alters(UnaryOperator<String>... how) {
        alterations = List.of(how).iterator();
    }

    private Optional<Response> answer(Request request) {
        if (!request.method().equals("POST") || !request.path().startsWith("/v1/projects/")
                || !request.query().isEmpty()) {
            return Optional.empty();
        }
        calls.incrementAndGet();
        var colon = request.path().lastIndexOf(':');
        var name = request.path().substring("/v1/".length(), colon);
        var key = keys.get(name);
        if (key == null) {
            return Optional.of(Response.error(403, "PERMISSION_DENIED"));
        }
        assertThat(request.headers().get("content-type")).startsWith("application/json");
        try {
            var asked = JSON.readTree(request.body());
            return switch (request.path().substring(colon + 1)) {
                case "encrypt" -> Optional.of(encrypt(name, key, asked));
                case "decrypt" -> Optional.of(decrypt(key, asked));
                default -> Optional.empty();
            };
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private Response encrypt(String name, Aead key, JsonNode asked) {
        members(asked, "plaintext", "plaintextCrc32c", "additionalAuthenticatedData",
                "additionalAuthenticatedDataCrc32c");
        try {
            var cipher = key.encrypt(checked(asked, "plaintext"), checked(asked, "additionalAuthenticatedData"));
            return altered("""
                    {"name": "%s/cryptoKeyVersions/1", "ciphertext": "%s", "ciphertextCrc32c": "%s",
                     "verifiedPlaintextCrc32c": true, "verifiedAdditionalAuthenticatedDataCrc32c": true,
                     "protectionLevel": "SOFTWARE"}""".formatted(name, Base64.getEncoder().encodeToString(cipher),
                    crc32c(cipher)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Response decrypt(Aead key, JsonNode asked) {
        members(asked, "ciphertext", "ciphertextCrc32c", "additionalAuthenticatedData",
                "additionalAuthenticatedDataCrc32c");
        try {
            var plain = key.decrypt(checked(asked, "ciphertext"), checked(asked, "additionalAuthenticatedData"));
            // What is empty is left out, as everywhere in ProtoJSON; a checksum is a wrapper, and is there.
            return altered((plain.length == 0
                    ? "{"
                    : "{\"plaintext\": \"" + Base64.getEncoder().encodeToString(plain) + "\", ")
                    + "\"plaintextCrc32c\": \"%s\", \"usedPrimary\": true, \"protectionLevel\": \"SOFTWARE\"}"
                            .formatted(crc32c(plain)));
        } catch (GeneralSecurityException anotherKeyOrBinding) {
            return Response.error(400, "INVALID_ARGUMENT");
        }
    }

    private Response altered(String answer) {
        return Response.of(200, alterations.hasNext() ? alterations.next().apply(answer) : answer);
    }

    private static void members(JsonNode asked, String... names) {
        assertThat(StreamSupport.stream(((Iterable<String>) asked::fieldNames).spliterator(), false))
                .containsExactlyInAnyOrder(names);
    }

    private static byte[] checked(JsonNode asked, String name) {
        var bytes = Base64.getDecoder().decode(asked.path(name).asText());
        assertThat(asked.path(name + "Crc32c").isTextual()).as("an int64 is a string in JSON").isTrue();
        assertThat(asked.path(name + "Crc32c").asText()).isEqualTo(crc32c(bytes));
        return bytes;
    }

    private static String crc32c(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return String.valueOf(sum.getValue());
    }

    @Override
    public void close() {
        http.stop();
        google.close();
    }
}
