// SPDX-License-Identifier: Apache-2.0
/**
 * The server's own way out over HTTP: where to, and for how long. In: an address that a clinic has named. Out: the answer. Called by the disclosure gate and
 * by sign-in; plugins cannot reach it.
 */
@NullMarked
package org.sluse.host.outgoing;

import org.jspecify.annotations.NullMarked;
