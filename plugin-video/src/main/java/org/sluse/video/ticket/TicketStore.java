// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.ticket;

import java.time.Instant;
import java.util.Optional;
import org.sluse.data.Transaction;

/** Where tickets wait to be spent. */
interface TicketStore {

    void add(Transaction tx, byte[] hash, TicketHolder holder, Instant expires);

    /** Takes the ticket out. Empty when there is none that is accepted at {@code now}. */
    Optional<TicketHolder> take(Transaction tx, byte[] hash, Instant now);
}
