// SPDX-License-Identifier: Apache-2.0
/**
 * Secrets that plugins keep. In: a plugin's bytes under a name. Out: the same bytes sealed by the clinic's key, bound to clinic, plugin and name. Called by plugins through their port.
 */
@NullMarked
package org.sluse.host.secret;

import org.jspecify.annotations.NullMarked;
