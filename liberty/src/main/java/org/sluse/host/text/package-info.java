// SPDX-License-Identifier: Apache-2.0
/**
 * Texts that people read, from message bundles in nb, de and en. In: a key and a language. Out: the sentence. Bundles of the host lie in {@code META-INF/sluse/kit},
 * those of a plugin in {@code META-INF/sluse/<plugin>}.
 */
@NullMarked
package org.sluse.host.text;

import org.jspecify.annotations.NullMarked;
