// SPDX-License-Identifier: Apache-2.0
package org.sluse.plugin;

import java.util.regex.Pattern;

/**
 * The stable name of a plugin in URLs, schema names, settings and the audit trail.
 *
 * @param value 2 to 20 lower-case letters and digits, a letter first; for example {@code video}
 */
public record PluginId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]{1,19}");

    public PluginId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "Plugin id '" + value + "' is not valid; right would be 2 to 20 lower-case letters and digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
