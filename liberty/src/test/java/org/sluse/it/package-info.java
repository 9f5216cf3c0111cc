// SPDX-License-Identifier: Apache-2.0
/**
 * The packaged server, started by the launcher's own command line and spoken to as its users do: over HTTP, WebSocket and, in time, a browser. In: the built
 * application. Out: sentences that are true of it.
 */
@NullMarked
package org.sluse.it;

import org.jspecify.annotations.NullMarked;
