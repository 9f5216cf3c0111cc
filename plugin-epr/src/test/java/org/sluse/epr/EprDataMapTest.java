// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import org.sluse.testkit.DataMapContract;

class EprDataMapTest extends DataMapContract {

    EprDataMapTest() {
        super(new EprPlugin());
    }
}
