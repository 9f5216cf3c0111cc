// SPDX-License-Identifier: Apache-2.0
/**
 * Open sockets. In: the only WebSocket endpoint of the server. Out: messages to the plugin that the address names, with the tenant bound and the gate asked each time;
 * what is said over a clinic's sockets is handled on the node that {@code cluster} names, and carried there by the others.
 */
@NullMarked
package org.sluse.host.live;

import org.jspecify.annotations.NullMarked;
