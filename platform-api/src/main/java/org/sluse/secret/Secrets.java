// SPDX-License-Identifier: Apache-2.0
package org.sluse.secret;

/**
 * Seals what the plugin into which it is injected keeps itself and nobody may read beside it: a key, a token of another system. The host holds the key. What was sealed
 * opens for this plugin, the bound tenant and the same name, and nowhere else. Thread-safe; does not block.
 */
public interface Secrets {

    /**
     * Seals bytes (AES-256-GCM).
     *
     * @param name what they are, and perhaps of which row: 1 to 100 lower-case letters, digits and hyphens
     * @return to be kept in the plugin's tables; some tens of bytes more than {@code plain}, and different each time
     * @throws IllegalArgumentException when it is no such name
     */
    byte[] seal(String name, byte[] plain);

    /**
     * Opens what was sealed.
     *
     * @param name as it was given to {@link #seal}
     * @throws IllegalArgumentException when it is no such name
     * @throws SealBrokenException when it was altered, or sealed under another name, for another plugin, for another tenant, or in an installation with another root key
     */
    byte[] open(String name, byte[] sealed);
}
