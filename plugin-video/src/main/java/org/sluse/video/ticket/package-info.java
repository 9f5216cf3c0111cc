// SPDX-License-Identifier: Apache-2.0
/**
 * Opaque single-use rights to open one socket. In: somebody already known to the host. Out: a ticket that lives for 90 s and whose hash alone is stored.
 */
@NullMarked
package org.sluse.video.ticket;

import org.jspecify.annotations.NullMarked;
