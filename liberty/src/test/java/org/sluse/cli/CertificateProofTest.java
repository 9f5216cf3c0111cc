// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A certificate that somebody has in a file. */
class CertificateProofTest {

    private static final String CONTENT = "{\"clinic\":\"Clinic North\"}";

    @Test
    void is_right_as_it_was_signed_and_wrong_when_one_letter_of_it_is_another() throws GeneralSecurityException {
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var signed = signed(key);

        assertThat(new CertificateProof(signed).wrong()).isEmpty();
        for (var name : new String[]{"tenant", "certificate", "issuedAt", "content"}) {
            assertThat(new CertificateProof(with(signed, name, signed.getString(name) + " ")).wrong()).as(name)
                    .hasValueSatisfying(why -> assertThat(why).contains("was altered"));
        }
    }

    @Test
    void is_wrong_when_another_key_is_named_or_what_is_named_is_none() throws GeneralSecurityException {
        var signed = signed(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        var another = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(new CertificateProof(with(signed, "publicKey", pem(another))).wrong())
                .contains("The certificate was not signed with the key that it names.");
        assertThat(new CertificateProof(with(signed, "publicKey", "no key")).wrong())
                .contains("A key or signature of the certificate is not one of Ed25519.");
        assertThatThrownBy(() -> new CertificateProof(JsonObject.EMPTY_JSON_OBJECT))
                .hasMessage("This is no certificate of off-boarding.");
    }

    private static JsonObject signed(KeyPair key) throws GeneralSecurityException {
        var statement = "sluse off-boarding certificate 1\ntenant: north\ncertificate: 7\nissued: 2026-11-27T12:00:00Z\ndocument: "
                + Sha256.of(CONTENT) + "\n";
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(key.getPrivate());
        signer.update(statement.getBytes(StandardCharsets.UTF_8));
        return Json.createObjectBuilder()
                .add("tenant", "north")
                .add("certificate", "7")
                .add("issuedAt", "2026-11-27T12:00:00Z")
                .add("publicKey", pem(key))
                .add("content", CONTENT)
                .add("hash", Sha256.of(statement))
                .add("signature", Base64.getEncoder().encodeToString(signer.sign()))
                .build();
    }

    private static JsonObject with(JsonObject signed, String name, String value) {
        return Json.createObjectBuilder(signed).add(name, value).build();
    }

    private static String pem(KeyPair key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
