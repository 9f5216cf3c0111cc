// SPDX-License-Identifier: Apache-2.0
/**
 * Backups that prove themselves: each clinic's data in one snapshot, sealed, in another place, read back after it was written, and brought up elsewhere. In: the night, the
 * operator, an order that {@code sluse restore} leaves in the data folder. Out: two files a backup at a {@link org.sluse.host.backup.Place}, rows of the operator's log,
 * numbers for {@code /health/ready}. Keys are never in a backup. What moves a clinic to another location is made of the same parts. See {@code docs/backup.md}, {@code docs/adr/0031-backups.md} and {@code docs/adr/0036-locations.md}.
 */
@NullMarked
package org.sluse.host.backup;

import org.jspecify.annotations.NullMarked;
