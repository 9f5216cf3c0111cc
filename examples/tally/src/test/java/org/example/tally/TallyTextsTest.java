// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import org.sluse.testkit.MessageBundlesContract;

class TallyTextsTest extends MessageBundlesContract {

    TallyTextsTest() {
        super("tally");
    }
}
