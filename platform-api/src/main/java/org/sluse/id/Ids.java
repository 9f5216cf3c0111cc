// SPDX-License-Identifier: Apache-2.0
package org.sluse.id;

import java.util.UUID;

/** Where ids and random values come from: a secure random generator in the product, a known sequence in tests. Thread-safe. */
public interface Ids {

    /** A new random identifier (RFC 9562, version 4). */
    UUID next();

    /** A new unguessable value: 128 random bits in base64url without padding, 22 characters. */
    String token();
}
