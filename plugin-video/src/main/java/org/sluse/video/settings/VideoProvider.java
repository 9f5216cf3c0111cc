// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.settings;

/** Who carries picture and sound. */
public enum VideoProvider {
    /** Nobody: the browsers send to each other, over the clinic's own relay where it has one. */
    BUILT_IN,
    /** Whereby AS, in rooms that are shown in a frame of the page. */
    WHEREBY,
    /** A Jitsi Meet with tokens, the clinic's own or another's, or JaaS of 8x8, in rooms that are shown in a frame of the page. */
    JITSI
}
