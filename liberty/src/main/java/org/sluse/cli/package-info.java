// SPDX-License-Identifier: Apache-2.0
/** The command line: starts and stops a server on this machine and talks to it as its operator. */
@NullMarked
package org.sluse.cli;

import org.jspecify.annotations.NullMarked;
