// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import java.time.Clock;
import java.util.UUID;
import org.sluse.host.control.ControlDatabase;
import org.sluse.id.Ids;

/** Policies on places, for tests of other packages. */
public final class TestPolicies {

    private TestPolicies() {}

    /** Kept in this control database. */
    public static PlacePolicies in(ControlDatabase control, Clock clock) {
        return new PlacePolicies(new PaperStore(control, clock), new RandomIds());
    }

    private static final class RandomIds implements Ids {
        @Override
        public UUID next() {
            return UUID.randomUUID();
        }

        @Override
        public String token() {
            return UUID.randomUUID().toString();
        }
    }
}
