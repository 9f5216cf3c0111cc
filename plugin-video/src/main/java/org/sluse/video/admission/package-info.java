// SPDX-License-Identifier: Apache-2.0
/**
 * Who may enter a room and how far they have come: the name they show, their way through the waiting room, and the signed right that is
 * issued at the end of it. Nothing here touches a socket or a database.
 */
@NullMarked
package org.sluse.video.admission;

import org.jspecify.annotations.NullMarked;
