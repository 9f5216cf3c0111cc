// SPDX-License-Identifier: Apache-2.0
package org.sluse.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A value that prints as {@code [redacted]}, so that an object that holds it can be logged by mistake. */
public final class Secret {

    private final String value;

    /** @param value the plain value; not empty */
    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret is not empty");
        }
        this.value = value;
    }

    /** The plain value, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
