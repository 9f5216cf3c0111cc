// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import java.util.List;
import org.sluse.testkit.PluginContract;

/** Holds the video plugin to the contract of every plugin, on the running server. */
public class VideoPluginIT extends PluginContract {

    public VideoPluginIT() {
        super("video", "{}", "[\"addresses-visible\"]");
    }

    @Override
    protected List<String> addresses() {
        return List.of("/api/%s/video/sessions", "/ui/%s/video/join.js", "/%s/j");
    }
}
