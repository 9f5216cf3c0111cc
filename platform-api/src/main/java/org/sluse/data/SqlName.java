// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import java.util.regex.Pattern;

/** How a table or a column may be called. The host writes such names into statements. */
final class SqlName {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private SqlName() {}

    static void check(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name of a table or column here; right would be 1 to 63 lower-case letters, digits and underscores, a letter first");
        }
    }
}
