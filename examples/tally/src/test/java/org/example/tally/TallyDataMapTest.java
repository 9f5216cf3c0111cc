// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import org.sluse.testkit.DataMapContract;

class TallyDataMapTest extends DataMapContract {

    TallyDataMapTest() {
        super(new TallyPlugin());
    }
}
