// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.time.Instant;
import java.util.HexFormat;
import org.sluse.host.key.Sha256;

/**
 * A numbered, chained, signed state of a clinic's register.
 *
 * @param number from 1, without a gap
 * @param fact revision of the fact that changed the register
 * @param at from when on it is in force
 * @param recordedAt when it was signed; later than {@code at}
 * @param document SHA-256 of the document's UTF-8, hexadecimal
 * @param previous hash of the revision before; {@link #NONE} for the first
 * @param hash SHA-256 of {@link #statement}, hexadecimal
 * @param signature Ed25519 over {@link #statement}, Base64
 * @param content the document as JSON, exactly as it was hashed
 */
public record Revision(int number, long fact, Instant at, Instant recordedAt, String document, String previous,
        String hash, String signature, String content) {

    /** What stands before the first revision. */
    public static final String NONE = "-";

    /** What is hashed and signed: seven lines of UTF-8, each ended by a line feed. Whoever verifies makes the same lines. */
    static String statement(String tenant, int number, Instant at, Instant recordedAt, String document,
            String previous) {
        return "sluse register revision 1\ntenant: " + tenant + "\nnumber: " + number + "\nin force: " + at
                + "\nrecorded: " + recordedAt + "\ndocument: " + document + "\nprevious: " + previous + "\n";
    }

    /** SHA-256 of the text's UTF-8, hexadecimal. */
    static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
