// SPDX-License-Identifier: Apache-2.0
package org.sluse.live;

/** Why a connection ends: close codes that pages turn into a sentence, private ones (RFC 6455, 7.4.2) but for the first. */
public enum CloseCode {
    /** This node cannot serve at the moment: it does not know what it may do, a database is away, or the module has too much to do; a new connection may succeed in a few seconds (IANA, WebSocket Close Code Number Registry). */
    TRY_AGAIN_LATER(1013),
    /** The message is not one that this end understands, or not allowed now. */
    NOT_UNDERSTOOD(4400),
    /** The ticket is wrong, spent or too old, or none came within 10 s. */
    TICKET_REFUSED(4401),
    /** The session of the member of staff has ended: signed out, off the clinic's list of people, without the role in which they speak, or over. */
    SIGNED_OUT(4402),
    /** The person was turned away. */
    DENIED(4403),
    /** The link by which the person came in is withdrawn. */
    LINK_WITHDRAWN(4404),
    /** The same person has opened a newer connection. */
    REPLACED(4409),
    /** The session has ended for everyone. */
    ENDED(4410),
    /** The clinic has switched the module off. */
    MODULE_OFF(4423),
    /** More messages than a person could send. */
    TOO_FAST(4429);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The number on the wire: 1013, or 4000 to 4999. */
    public int code() {
        return code;
    }
}
