// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.time.Instant;

/**
 * A backup that was made and read back.
 *
 * @param tenant whose data it is
 * @param id of the backup within the clinic's
 * @param at when the snapshot was taken
 * @param rows of all tables
 * @param bytes of their text, before it was sealed
 * @param millis how long it took, reading back included
 */
public record Made(String tenant, String id, Instant at, long rows, long bytes, long millis) {}
