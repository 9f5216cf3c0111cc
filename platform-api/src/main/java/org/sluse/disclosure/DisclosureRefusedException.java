// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

/** The gate refused; nothing was sent, and the ledger says why. */
public final class DisclosureRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why the gate refused. */
    public enum Reason {
        /** The tenant does not have the plugin on (any more). */
        MODULE_OFF,
        /** The operator has stopped everything to this recipient. What waits may go out once the operator allows it again. */
        RECIPIENT_STOPPED,
        /** A paper under which the recipient may receive data is missing or has ended. What waits may go out once it is filed. */
        PAPER_MISSING,
        /** The recipient is not one that the settings declare now. */
        UNKNOWN_RECIPIENT,
        /** The address is not one of the recipient's, or not one that may be called at all. */
        ADDRESS_NOT_ALLOWED,
        /** A component or a FHIR element carries what was not granted. */
        CATEGORY_NOT_GRANTED
    }

    /** @param detail what was refused, by name of component or element path; never a value */
    public DisclosureRefusedException(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
