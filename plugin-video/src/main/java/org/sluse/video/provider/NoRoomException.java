// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

/** There is no room for a session, or nobody may enter it. Whoever lets in is told why, and nobody is let in. */
public final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /** Why there is none. The page shows the text {@code missed.<WHY>}. */
    public enum Why {
        /** The gate does not let anything pass to the provider: no paper, stopped, or no longer the clinic's provider. */
        NOT_ALLOWED,
        /** The provider does not take the clinic's key. */
        NOT_SET_UP,
        /** As many rooms were made as the provider makes in this time. A later attempt may succeed. */
        BUSY,
        /** The provider does not answer, or not as it should. A later attempt may succeed. */
        UNREACHABLE,
        /** The clinic's profile wants encryption from end to end, and the room has none. */
        PATH
    }

    /** @param detail what is wrong; never a key, a name or an address */
    public NoRoomException(Why why, String detail) {
        super(detail);
        this.why = why;
    }

    public NoRoomException(Why why, String detail, Throwable cause) {
        super(detail, cause);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
