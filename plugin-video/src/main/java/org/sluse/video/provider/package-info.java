// SPDX-License-Identifier: Apache-2.0
/**
 * Where picture and sound go: the provider that the clinic has chosen, behind one port, and the rooms of sessions there.
 * In: an admission asks for the session's room, and for what the page of somebody needs to enter it. Out: the room, made through the disclosure gate; an address for a frame; the
 * recipients of the register. The built-in way, from browser to browser, is one of the providers and has no recipient.
 */
@NullMarked
package org.sluse.video.provider;

import org.jspecify.annotations.NullMarked;
