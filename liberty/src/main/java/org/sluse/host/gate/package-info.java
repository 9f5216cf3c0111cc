// SPDX-License-Identifier: Apache-2.0
/**
 * What is on for whom: one decision for every boundary. In: toggles, rows of the control database with a revision. Out: yes or no, out of one immutable
 * snapshot that each node replaces within 250 ms of a change.
 */
@NullMarked
package org.sluse.host.gate;

import org.jspecify.annotations.NullMarked;
