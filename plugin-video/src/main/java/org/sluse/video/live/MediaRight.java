// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.List;
import java.util.Optional;
import org.sluse.video.admission.TurnCredential;
import org.sluse.video.provider.Frame;
import org.sluse.video.provider.MediaPath;
import org.sluse.video.settings.VideoProvider;

/**
 * What somebody needs to talk to the others.
 *
 * @param token the signed join token
 * @param relayed whether nothing may go but through the relay
 * @param relay the way there; empty for a direct call, and for a relayed one whose secret is not set, which then cannot connect
 * @param with the host's name as it is shown; empty for one whose name cannot be
 * @param way where picture and sound go
 */
record MediaRight(String token, boolean relayed, Optional<Relay> relay, String with, Way way) {

    /**
     * Where picture and sound go.
     *
     * @param frame the provider's page for this one person; empty at the built-in provider, and before the session has a room
     */
    record Way(VideoProvider provider, MediaPath path, Optional<Frame> frame) {}

    /** The clinic's relay, as an RTCIceServer names it. */
    record Relay(List<String> urls, TurnCredential credential) {}

    @Override
    public String toString() {
        return "[media right]";
    }
}
