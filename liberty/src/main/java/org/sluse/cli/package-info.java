// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: starts and stops a server on this machine and talks to it as its operator. A program of its own, packed beside the server
 * and not into it; it knows the host only by its folders and by {@code /api/operate}.
 */
@NullMarked
package org.sluse.cli;

import org.jspecify.annotations.NullMarked;
