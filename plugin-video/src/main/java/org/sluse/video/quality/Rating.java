// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.quality;

/** What a guest says of picture and sound. */
public enum Rating {
    GOOD, FAIR, BAD
}
