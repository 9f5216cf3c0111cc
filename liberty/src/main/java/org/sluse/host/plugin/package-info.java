// SPDX-License-Identifier: Apache-2.0
/**
 * The plugins that are in the house. In: {@link org.sluse.plugin.Plugin} beans of the jars. Out: who they are, which of them a class belongs to, and how much each
 * works on at once ({@link org.sluse.host.plugin.Bulkheads}).
 */
@NullMarked
package org.sluse.host.plugin;

import org.jspecify.annotations.NullMarked;
