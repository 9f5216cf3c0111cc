// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.ticket;

import java.util.UUID;

/** Whom a ticket lets in to what. */
public sealed interface TicketHolder {

    /** The patient of a session, as the link names them: after a new link they are another participant. */
    record Patient(UUID sessionId, UUID participantId) implements TicketHolder {}

    /** The host at the call page of a session. */
    record Host(UUID sessionId, String staffId) implements TicketHolder {}

    /** A practitioner who watches the waiting room of all their sessions. */
    record Today(String staffId) implements TicketHolder {}
}
