// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import java.time.Instant;
import java.util.UUID;
import org.sluse.host.people.Party;

/**
 * Somebody wants a person to be erased, and a second one has yet to confirm it.
 *
 * @param person by what the clinic, or a module, knows them
 * @param expiresAt when it counts no more
 */
record ErasureRequest(UUID id, String person, Party askedBy, Instant askedAt, Instant expiresAt) {}
