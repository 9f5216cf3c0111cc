// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.quality;

/** What tests of other packages keep experiences in. */
public final class Experiences {

    private Experiences() {
    }

    /** The store of the product. */
    public static ExperienceStore inPostgres() {
        return new JdbiExperienceStore();
    }
}
