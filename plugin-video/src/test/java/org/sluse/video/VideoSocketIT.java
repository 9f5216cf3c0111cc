// SPDX-License-Identifier: Apache-2.0
package org.sluse.video;

import org.sluse.testkit.SocketContract;

/** Holds the sockets of video to what every socket is held to, on the running server. */
public class VideoSocketIT extends SocketContract {

    public VideoSocketIT() {
        super(VideoPluginIT.PLUGIN);
    }
}
