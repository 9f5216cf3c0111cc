// SPDX-License-Identifier: Apache-2.0
/**
 * A plugin that misbehaves when it is asked to. In: requests that say how. Out: answers for those who ask for nothing bad, from a table as any plugin's.
 */
@NullMarked
package org.sluse.benchmark.unruly;

import org.jspecify.annotations.NullMarked;
