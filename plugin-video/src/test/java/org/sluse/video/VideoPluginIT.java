// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import java.util.List;
import org.sluse.testkit.PluginContract;
import org.sluse.testkit.PluginUnderTest;

/** Holds the video plugin to the contract of every plugin, on the running server. */
public class VideoPluginIT extends PluginContract {

    static final PluginUnderTest PLUGIN = new PluginUnderTest("video", "{}", "[\"addresses-visible\"]");

    public VideoPluginIT() {
        super(PLUGIN);
    }

    @Override
    protected List<String> addresses() {
        return List.of("/api/%s/video/sessions", "/ui/%s/video/join.js", "/%s/j");
    }
}
