// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version of platform-api, as far as it says who can work with whom (Semantic Versioning 2.0.0, 4 and 8).
 *
 * @param major steps with what breaks
 * @param minor steps with what is new; before 1.0 also with what breaks
 */
record ApiLevel(int major, int minor) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

    /** Of a version such as {@code 0.1.0-SNAPSHOT} or {@code 1.4}; empty when it is none. */
    static Optional<ApiLevel> of(String version) {
        var parts = FORM.matcher(version);
        return parts.matches()
                ? Optional.of(new ApiLevel(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    /** Whether what was built for {@code other} works here. */
    boolean carries(ApiLevel other) {
        return major == other.major && (major == 0 ? minor == other.minor : minor >= other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
