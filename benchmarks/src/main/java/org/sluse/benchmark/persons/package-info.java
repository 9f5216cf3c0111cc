// SPDX-License-Identifier: Apache-2.0
/**
 * A plugin that keeps a sealed note about each of many persons. In: requests that write and read them. Out: what the notes say, opened.
 */
@NullMarked
package org.sluse.benchmark.persons;

import org.jspecify.annotations.NullMarked;
