// SPDX-License-Identifier: Apache-2.0
/**
 * The plugins that an operator drops into a server's folder. In: the folder, and the application as built. Out, before each start: which jars
 * go in, and which stay out for what cause. Reads class files and runs nothing of them.
 */
@NullMarked
package org.sluse.cli.plugin;

import org.jspecify.annotations.NullMarked;
