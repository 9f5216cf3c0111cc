// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.util.Optional;

/**
 * What a library says to a recipient through {@link DisclosureSockets}. The gate sees bytes and not what they mean: that the library sends what the record's
 * components hold and nothing else is the plugin's word.
 *
 * @param payload an {@link Outbound} record type, listed in {@code Plugin.outbound()}: to whom, and which categories it carries
 * @param patient whom it is about (internal id), for the ledger's pseudonym and the audit entry
 */
public record OutboundConversation(Class<? extends Record> payload, Optional<String> patient) {}
