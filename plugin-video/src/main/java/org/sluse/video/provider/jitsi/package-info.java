// SPDX-License-Identifier: Apache-2.0
/**
 * Jitsi as a provider: a Jitsi Meet with tokens, the clinic's own or another's, or JaaS of 8x8. In: a name, and whether somebody leads. Out: the address of a room with a signed token in it. Nothing is
 * asked of Jitsi by us; its rooms come into being when somebody enters, and go when everybody has left.
 */
@NullMarked
package org.sluse.video.provider.jitsi;

import org.jspecify.annotations.NullMarked;
