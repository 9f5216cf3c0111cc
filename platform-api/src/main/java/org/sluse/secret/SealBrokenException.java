// SPDX-License-Identifier: Apache-2.0
package org.sluse.secret;

/** A sealed value cannot be opened, now or ever: it was altered, or sealed for something else. See {@link Secrets#open}. */
public final class SealBrokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param name under which it should have been opened; never the value */
    public SealBrokenException(String name) {
        super("What is sealed as '" + name + "' cannot be opened; right would be what was sealed under this name, "
                + "for this module and this clinic, with this installation's root key");
    }
}
