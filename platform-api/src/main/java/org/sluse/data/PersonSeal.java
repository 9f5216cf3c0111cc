// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import org.sluse.secret.SealBrokenException;

/**
 * Seals and opens sealed columns in the rows of one person (AES-256-GCM under a key of that person's own). When no row of the person is left the host destroys the key, and with it whatever a backup
 * still has of them. Belongs to the transaction that gave it, and to its thread.
 */
public interface PersonSeal {

    /**
     * Seals a value. The person's key is made with the first one.
     *
     * @param cell where it will stand; its column is sealed in the data map
     * @param plain any text, also the empty one
     * @return for a column of type {@code text}; ASCII, a third longer than the UTF-8 of {@code plain} and 41 characters more, different each time
     * @throws IllegalArgumentException when the data map has no such sealed column
     */
    String seal(Cell cell, String plain);

    /**
     * Opens a value.
     *
     * @param sealed as it stands in the column
     * @throws SealBrokenException when it was altered, was sealed for another cell, person, plugin or tenant, or the person's key was destroyed
     * @throws IllegalArgumentException when the data map has no such sealed column
     */
    String open(Cell cell, String sealed);
}
