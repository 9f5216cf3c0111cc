// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import org.sluse.testkit.ObjectsContract;

/** Holds video sessions to what every clinic's own is held to, on the running server. */
public class VideoObjectsIT extends ObjectsContract {

    public VideoObjectsIT() {
        super(VideoPluginIT.PLUGIN, "/api/%s/video/sessions?from=2030-01-01T00:00:00Z",
                """
                        {"startsAt": "2030-01-01T10:30:00Z", "minutes": 45, "patientLabel": "Patient 1", "displayName": "Kari"}""");
    }
}
