// SPDX-License-Identifier: Apache-2.0
/**
 * Messages of an open socket. The host owns the WebSocket endpoint {@code /ws/{tenant}/{plugin}}, asks the gate at the handshake and at each
 * message, binds the tenant and hands text to the plugin's {@link org.sluse.live.LiveHandler}. Out: text and close codes.
 */
@NullMarked
package org.sluse.live;

import org.jspecify.annotations.NullMarked;
