// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterProofTest {

    private final KeyPair keys = keys();
    private final JsonObject first = revision(keys, 1, "{\"a\":1}", "-");
    private final JsonObject second = revision(keys, 2, "{\"a\":2}", first.getString("hash"));

    @Test
    void a_chain_that_was_signed_is_right() {
        assertThat(proof(keys, List.of(first, second)).wrong()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"content, {}", "at, 2026-11-24T11:00:00Z", "recordedAt, 2026-11-24T11:00:00Z", "hash, 00"})
    void whatever_is_altered_afterwards_is_found(String member, String value) {
        var altered = Json.createObjectBuilder(second).add(member, value).build();

        assertThat(proof(keys, List.of(first, altered)).wrong().orElseThrow()).startsWith("Revision 2 does not say");
    }

    @Test
    void a_revision_that_was_taken_out_is_found() {
        assertThat(proof(keys, List.of(second)).wrong().orElseThrow()).startsWith("Revision 1 does not say");
    }

    @Test
    void a_chain_that_somebody_else_signed_is_found() {
        assertThat(proof(keys(), List.of(first, second)).wrong())
                .hasValue("Revision 1 was not signed with the key of this installation.");
    }

    @Test
    void a_signature_that_is_none_is_found() {
        var altered = Json.createObjectBuilder(first).add("signature", "AAAA").build();

        assertThat(proof(keys, List.of(altered)).wrong()).isPresent();
    }

    private static RegisterProof proof(KeyPair keys, List<JsonObject> revisions) {
        return new RegisterProof("clinic-north", "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n",
                revisions);
    }

    /** The statement is written out here, as it is promised in docs/register.md. */
    private static JsonObject revision(KeyPair keys, int number, String content, String previous) {
        var statement = """
                sluse register revision 1
                tenant: clinic-north
                number: %d
                in force: 2026-11-24T10:00:00Z
                recorded: 2026-11-24T10:00:01.123456Z
                document: %s
                previous: %s
                """.formatted(number, hash(content), previous);
        return Json.createObjectBuilder()
                .add("number", number)
                .add("at", "2026-11-24T10:00:00Z")
                .add("recordedAt", "2026-11-24T10:00:01.123456Z")
                .add("content", content)
                .add("hash", hash(statement))
                .add("signature", sign(keys, statement))
                .build();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String sign(KeyPair keys, String statement) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(statement.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
