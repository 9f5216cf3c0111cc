// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A certificate of off-boarding, verified with nothing but the JDK, as {@link RegisterProof} is and with the same key.
 *
 * @param certificate as the server gives it
 */
record CertificateProof(JsonObject certificate) {

    private static final List<String> NAMES = List.of("tenant", "certificate", "issuedAt", "publicKey", "content",
            "hash", "signature");

    CertificateProof {
        if (!NAMES.stream().allMatch(name -> certificate.get(name) instanceof JsonString)) {
            throw StoppedShortException.refused("This is no certificate of off-boarding.");
        }
    }

    /** Ed25519, PEM. */
    String publicKey() {
        return certificate.getString("publicKey");
    }

    /** What is signed: JSON. */
    String content() {
        return certificate.getString("content");
    }

    /** What is wrong, in a sentence; empty when everything is right. */
    Optional<String> wrong() {
        try {
            var statement = "sluse off-boarding certificate 1\ntenant: " + certificate.getString("tenant")
                    + "\ncertificate: " + certificate.getString("certificate") + "\nissued: "
                    + certificate.getString("issuedAt") + "\ndocument: " + Sha256.of(content()) + "\n";
            if (!Sha256.of(statement).equals(certificate.getString("hash"))) {
                return Optional.of(
                        "The certificate does not say what it was hashed from: its tenant, number, time or document was altered.");
            }
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(RegisterProof.key(publicKey()));
            verifier.update(statement.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(certificate.getString("signature")))
                    ? Optional.empty()
                    : Optional.of("The certificate was not signed with the key that it names.");
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            return Optional.of("A key or signature of the certificate is not one of Ed25519.");
        }
    }
}
