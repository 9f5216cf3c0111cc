// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import org.sluse.testkit.ObjectsContract;

/** Holds patients to what every clinic's own is held to, on the running server. */
public class EprObjectsIT extends ObjectsContract {

    public EprObjectsIT() {
        super(EprPluginIT.PLUGIN, "/api/%s/epr/patients", "{\"number\": \"P-1\", \"name\": \"Patient 1\"}");
    }
}
