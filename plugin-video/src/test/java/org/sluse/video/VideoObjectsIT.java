// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.sluse.testkit.ObjectsContract;

/** Holds video sessions to what every clinic's own is held to, on the running server. */
public class VideoObjectsIT extends ObjectsContract {

    // A session can be planned for the next two years.
    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).plusYears(1);

    public VideoObjectsIT() {
        super(VideoPluginIT.PLUGIN, "/api/%s/video/sessions?from=" + DAY + "T00:00:00Z",
                """
                        {"startsAt": "%sT10:30:00Z", "minutes": 45, "patientLabel": "Patient 1", "displayName": "Kari"}"""
                        .formatted(DAY));
    }
}
