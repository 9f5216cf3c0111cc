// SPDX-License-Identifier: Apache-2.0
/**
 * Threads on which the host looks after something by itself. In: what is to be done, and how often. Out: it is done until the node stops, whatever fails meanwhile. Called by the watches and timers of
 * the other packages.
 */
@NullMarked
package org.sluse.host.look;

import org.jspecify.annotations.NullMarked;
