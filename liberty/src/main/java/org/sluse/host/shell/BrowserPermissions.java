// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.shell;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a page of ours may use of the browser (W3C Permissions Policy). */
public final class BrowserPermissions {

    private BrowserPermissions() {
    }

    /** The header's value. @param frames origins that may use camera, microphone and screen as well, in a frame of the page */
    public static String with(List<String> frames) {
        var who = frames.stream().map(origin -> " \"" + origin + '"').collect(Collectors.joining("", "(self", ")"));
        return Stream.of("camera", "microphone", "display-capture")
                .map(device -> device + "=" + who)
                .collect(Collectors.joining(", ", "", ", geolocation=(), browsing-topics=()"));
    }
}
