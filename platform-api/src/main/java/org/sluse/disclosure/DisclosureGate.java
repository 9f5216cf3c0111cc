// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.net.URI;

/**
 * The way out over HTTP; {@link DisclosureSockets} is the other one, and there is no third. For the plugin into which it is injected and the bound tenant it reads the newest toggle, checks that the recipient
 * is declared, the address is one of its own (https, no private network unless the operator allows), and that every component carries only
 * categories granted to it; writes the ledger and an audit entry; then sends. Thread-safe; blocks up to 30 s.
 */
public interface DisclosureGate {

    /**
     * @throws DisclosureRefusedException the gate said no; nothing was sent
     * @throws NotSentException the recipient could not be reached; nothing was sent
     * @throws NoAnswerException the request was (perhaps) sent and no answer came: the outcome is unknown
     */
    Answer send(OutboundCall call);

    /**
     * What a browser takes to the recipient by itself, for example a name in the address of a page that is shown in a frame. Asks everything that {@link #send} asks and writes the ledger
     * likewise, with the outcome {@code HANDED_OVER}; then sends nothing, and gives the address to be handed to the browser: the target, with the payload's components in the query, by
     * name. Whether the browser went there nobody here knows.
     *
     * @param call a GET without bearer, which no browser could show
     * @throws DisclosureRefusedException the gate said no; nothing may be handed over
     * @throws IllegalArgumentException when it is no such call
     */
    default URI handOver(OutboundCall call) {
        throw new UnsupportedOperationException("This gate hands nothing over; right would be a server's");
    }
}
