// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

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
}
