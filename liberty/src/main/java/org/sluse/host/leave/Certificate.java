// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.sluse.host.key.Sha256;

/**
 * That a clinic was off-boarded, signed by the installation.
 *
 * @param content a {@link Document} as JSON, exactly as it was hashed
 * @param hash SHA-256 of {@link #statement}, hexadecimal
 * @param signature Ed25519 over {@link #statement}, Base64
 */
record Certificate(String tenant, UUID id, Instant issuedAt, String content, String hash, String signature) {

    /**
     * What it says.
     *
     * @param clinic its name @param location id of the location where its data rested
     * @param askedBy who wanted it, a name @param confirmedBy who of the operator's people carried it out, as they call themselves
     * @param begunAt from when on there was no such clinic any more
     * @param destroyed what was destroyed
     * @param kept words for what was not, each with its reason in {@code leave.kept.<word>-why}
     */
    record Document(UUID certificate, String tenant, String clinic, String location, String askedBy, Instant askedAt,
            String confirmedBy, Instant begunAt, Inventory destroyed, List<String> kept) {}

    /** What is hashed and signed: five lines of UTF-8, each ended by a line feed. Whoever verifies makes the same lines. */
    static String statement(String tenant, UUID id, Instant issuedAt, String content) {
        return "sluse off-boarding certificate 1\ntenant: " + tenant + "\ncertificate: " + id + "\nissued: " + issuedAt
                + "\ndocument: " + hash(content) + "\n";
    }

    /** SHA-256 of the text's UTF-8, hexadecimal. */
    static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
