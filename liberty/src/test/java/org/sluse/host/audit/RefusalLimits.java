// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.audit;

import java.time.Clock;

/** The limit on refusals, for tests of other packages. */
public final class RefusalLimits {

    private RefusalLimits() {}

    /** Of a node of its own. */
    public static RefusalLimit of(Clock clock) {
        return new RefusalLimit(clock);
    }
}
