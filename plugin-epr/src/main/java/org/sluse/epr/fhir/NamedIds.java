// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that are the same whenever they are made (RFC 9562, 5.5: UUID version 5), with the assessment as name space, or a response. */
public final class NamedIds {

    private NamedIds() {}

    /** The id of the resource that {@code name} is for this assessment, for example {@code QuestionnaireResponse}. */
    public static UUID of(UUID assessment, String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(assessment.getMostSignificantBits())
                    .putLong(assessment.getLeastSignificantBits())
                    .array());
            var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            return new UUID(hash.getLong() & ~0xF000L | 0x5000L,
                    hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-1 is missing", impossible);
        }
    }

    /** The same as {@code urn:uuid:}. */
    public static String urn(UUID assessment, String name) {
        return "urn:uuid:" + of(assessment, name);
    }
}
