// SPDX-License-Identifier: Apache-2.0
package org.sluse.tenant;

import java.util.regex.Pattern;

/**
 * The stable identifier of a tenant, safe in URLs, file names and database names.
 *
 * @param value 2 to 31 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last; for example
 *            {@code clinic-north}
 */
public record TenantId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,29}[a-z0-9]");

    public TenantId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Tenant id '" + value
                    + "' is not valid; right would be 2 to 31 lower-case letters, digits and hyphens, a letter first");
        }
    }

    /** Whether {@code value} could be a tenant id. Says nothing about whether such a tenant exists. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
