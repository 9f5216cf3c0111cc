// SPDX-License-Identifier: Apache-2.0
/**
 * How a patient comes in. In: the code of a one-time link. Out: what the link is for, the name to show, and a ticket for the socket.
 */
@NullMarked
package org.sluse.video.invitation;

import org.jspecify.annotations.NullMarked;
