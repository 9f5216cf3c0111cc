// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

/** Who could see and hear a conversation on its way. */
public enum MediaPath {
    /** From browser to browser, encrypted from the one to the other: nobody. A relay in between passes on what it cannot read. */
    P2P_E2EE(true),
    /** Through a server that decrypts and encrypts anew: whoever runs it. */
    SFU_HOP(false),
    /** Through a server that passes on what it cannot read: nobody. */
    SFU_E2EE(true);

    private final boolean endToEnd;

    MediaPath(boolean endToEnd) {
        this.endToEnd = endToEnd;
    }

    /** Whether it is encrypted from end to end. */
    public boolean isEndToEnd() {
        return endToEnd;
    }
}
