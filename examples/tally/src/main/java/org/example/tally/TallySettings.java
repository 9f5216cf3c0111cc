// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import java.net.URI;
import java.util.Optional;
import org.sluse.settings.Setting;

/**
 * What a clinic sets.
 *
 * @param register address of the quality register; without it nothing leaves
 * @param name legal name of whoever runs it; needed with the address, as are the next two
 * @param address their postal address, on one line
 * @param country where the data goes, two letters
 */
public record TallySettings(@Setting Optional<URI> register, @Setting(max = 120) String name,
        @Setting(max = 200) String address, @Setting(max = 2) String country) {

    /** Whether the register of processing can say who receives data. */
    boolean namesTheRegister() {
        return !name.isBlank() && !address.isBlank() && !country.isBlank();
    }
}
