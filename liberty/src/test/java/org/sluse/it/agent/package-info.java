// SPDX-License-Identifier: Apache-2.0
/**
 * Agents for a server's process: one writes down every connect, one holds a thread at a step of its work. In: the process, started with one of them. Out: a file with a line for each connect and who asked
 * for it; a file that says that the step is reached. On no class path but the agents' own.
 */
@NullMarked
package org.sluse.it.agent;

import org.jspecify.annotations.NullMarked;
