// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import org.sluse.id.Ids;

/** Ids from the machine's secure random generator. */
final class SecureIds implements Ids {

    private final SecureRandom random = new SecureRandom();

    @Override
    public UUID next() {
        var bits = new byte[16];
        random.nextBytes(bits);
        bits[6] = (byte) (bits[6] & 0x0f | 0x40);
        bits[8] = (byte) (bits[8] & 0x3f | 0x80);
        var buffer = java.nio.ByteBuffer.wrap(bits);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    public String token() {
        var bits = new byte[16];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
