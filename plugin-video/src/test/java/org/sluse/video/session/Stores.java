// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.session;

/** What tests of other packages keep sessions in. */
public final class Stores {

    private Stores() {
    }

    /** The store of the product. */
    public static VideoSessionStore inPostgres() {
        return new JdbiVideoSessionStore();
    }
}
