// SPDX-License-Identifier: Apache-2.0
/**
 * Writes down every connect of a server's process. In: the process, started with this as its agent. Out: a file with a line for each, and who asked for it. On no class path but
 * the agent's own.
 */
@NullMarked
package org.sluse.it.agent;

import org.jspecify.annotations.NullMarked;
