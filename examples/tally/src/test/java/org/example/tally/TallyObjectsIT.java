// SPDX-License-Identifier: Apache-2.0
package org.example.tally;

import org.sluse.testkit.ObjectsContract;

/** Holds the contacts of a clinic to what every clinic's own is held to, on a running server that has the plugin's jar. */
class TallyObjectsIT extends ObjectsContract {

    TallyObjectsIT() {
        super(TallyPluginIT.PLUGIN, "/api/%s/tally/contacts", "{\"way\": \"PHONE\"}");
    }
}
