// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.List;
import java.util.Optional;
import org.sluse.video.admission.TurnCredential;

/**
 * What somebody needs to talk to the others.
 *
 * @param token the signed join token
 * @param relayed whether nothing may go but through the relay
 * @param relay the way there; empty for a direct call, and for a relayed one whose secret is not set, which then cannot connect
 * @param with the host's name as it is shown; empty for one whose name cannot be
 */
record MediaRight(String token, boolean relayed, Optional<Relay> relay, String with) {

    /** The clinic's relay, as an RTCIceServer names it. */
    record Relay(List<String> urls, TurnCredential credential) {}

    @Override
    public String toString() {
        return "[media right]";
    }
}
