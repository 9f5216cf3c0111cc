// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.location;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Locations as tests of other packages need them. */
public final class TestLocations {

    private TestLocations() {}

    /** Frankfurt alone, where nothing has been set. */
    public static Locations frankfurt() {
        return of("Frankfurt", Map.of());
    }

    /** As an operator has set them; a location Oslo lies in Norway. @param own of the node */
    public static Locations of(String own, Map<String, String> settings) {
        var all = new HashMap<>(Map.of("sluse.location.oslo.country", "NO"));
        all.putAll(settings);
        return Locations.of(name -> Optional.ofNullable(all.get(name)), own);
    }
}
