// SPDX-License-Identifier: Apache-2.0
package org.sluse.plugin;

import java.util.List;
import java.util.Map;

/**
 * Whether a plugin could work for a tenant now.
 *
 * @param reasons what is missing, most important first; empty when it is ready
 */
public record Readiness(List<Reason> reasons) {

    /** Nothing is missing. */
    public static final Readiness READY = new Readiness(List.of());

    /**
     * One thing that is missing.
     *
     * @param key key of the sentence in the plugin's message bundles
     * @param arguments what the sentence names
     */
    public record Reason(String key, Map<String, String> arguments) {

        public Reason {
            arguments = Map.copyOf(arguments);
        }
    }

    public Readiness {
        reasons = List.copyOf(reasons);
    }

    /** Not ready, for one reason. */
    public static Readiness missing(String key) {
        return new Readiness(List.of(new Reason(key, Map.of())));
    }

    /** Whether nothing is missing. */
    public boolean isReady() {
        return reasons.isEmpty();
    }
}
