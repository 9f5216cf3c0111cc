// SPDX-License-Identifier: Apache-2.0
/**
 * Open sockets: the waiting room as it happens, admission, and the signals of a call. In: text from the host's socket endpoint, and by
 * {@link org.sluse.video.live.RoomNews} what was changed by another way, on whichever node. Out: text, and
 * changes of state in the database. Signals are passed on and neither kept nor logged.
 */
@NullMarked
package org.sluse.video.live;

import org.jspecify.annotations.NullMarked;
