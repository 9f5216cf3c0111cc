// SPDX-License-Identifier: Apache-2.0
/**
 * The control database: clinics, toggles, revisions, the operator's log. No health data. In: the host's own use cases. Out: rows, and one revision
 * number that grows with each change of what is in force.
 */
@NullMarked
package org.sluse.host.control;

import org.jspecify.annotations.NullMarked;
