// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import java.time.Instant;
import org.sluse.host.people.Party;

/** Somebody wants a clinic to leave, and it has yet to be carried out. @param expiresAt when it counts no more */
record LeaveRequest(Party askedBy, Instant askedAt, Instant expiresAt) {}
