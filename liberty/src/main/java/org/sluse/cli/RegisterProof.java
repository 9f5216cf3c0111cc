// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * All revisions of a register, verified with nothing but the JDK: the program that verifies shares no line with the server that signed. The procedure in words is in
 * docs/register.md.
 *
 * @param tenant whose
 * @param publicKey Ed25519, PEM
 * @param revisions oldest first, as the server gives them
 */
record RegisterProof(String tenant, String publicKey, List<JsonObject> revisions) {

    static RegisterProof of(JsonObject answer) {
        return new RegisterProof(answer.getString("tenant"), answer.getString("publicKey"),
                answer.getJsonArray("revisions").getValuesAs(JsonObject.class));
    }

    int size() {
        return revisions.size();
    }

    /** The first thing that is wrong, in a sentence; empty when everything is right. */
    Optional<String> wrong() {
        try {
            var key = key(publicKey);
            var previous = "-";
            for (var index = 0; index < revisions.size(); index++) {
                var wrong = wrong(revisions.get(index), index + 1, previous, key);
                if (wrong.isPresent()) {
                    return wrong;
                }
                previous = revisions.get(index).getString("hash");
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            return Optional.of("A key or signature of the register is not one of Ed25519.");
        }
    }

    private Optional<String> wrong(JsonObject revision, int number, String previous, PublicKey key)
            throws GeneralSecurityException {
        var statement = "sluse register revision 1\ntenant: " + tenant + "\nnumber: " + number + "\nin force: "
                + Instant.parse(revision.getString("at")) + "\nrecorded: "
                + Instant.parse(revision.getString("recordedAt")) + "\ndocument: "
                + Sha256.of(revision.getString("content")) + "\nprevious: " + previous + "\n";
        if (!Sha256.of(statement).equals(revision.getString("hash"))) {
            return Optional.of("Revision " + number
                    + " does not say what it was hashed from: its number, time, document or the revision before it was altered.");
        }
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(statement.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(Base64.getDecoder().decode(revision.getString("signature")))
                ? Optional.empty()
                : Optional.of("Revision " + number + " was not signed with the key of this installation.");
    }

    /** @param pem Ed25519 */
    static PublicKey key(String pem) throws GeneralSecurityException {
        var base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
