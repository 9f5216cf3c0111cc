// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.ticket;

import java.util.Optional;
import java.util.UUID;

/** Whom a ticket lets in to what. */
public sealed interface TicketHolder {

    /**
     * Somebody who is invited to a session, as the link names them: after a new link they are another participant.
     *
     * @param staffId a co-host in the clinic's list of people; empty for everybody else
     */
    record Guest(UUID sessionId, UUID participantId, Optional<String> staffId) implements TicketHolder {}

    /** The host at the call page of a session. */
    record Host(UUID sessionId, String staffId) implements TicketHolder {}

    /** A practitioner who watches the waiting room of all their sessions. */
    record Today(String staffId) implements TicketHolder {}
}
