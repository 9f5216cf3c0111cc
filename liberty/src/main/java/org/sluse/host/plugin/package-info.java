// SPDX-License-Identifier: Apache-2.0
/**
 * The plugins that are in the house. In: {@link org.sluse.plugin.Plugin} beans of the jars. Out: who they are, and which of them a class belongs to.
 */
@NullMarked
package org.sluse.host.plugin;

import org.jspecify.annotations.NullMarked;
