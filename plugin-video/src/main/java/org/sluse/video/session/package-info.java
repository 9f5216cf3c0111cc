// SPDX-License-Identifier: Apache-2.0
/**
 * Planned conversations and what becomes of them. In: a practitioner schedules, cancels or ends. Out: the session, for its host and co-hosts
 * only, and the word to open sockets that it is over.
 */
@NullMarked
package org.sluse.video.session;

import org.jspecify.annotations.NullMarked;
