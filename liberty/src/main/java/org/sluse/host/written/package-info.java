// SPDX-License-Identifier: Apache-2.0
/**
 * Which logs have entries that their proof does not have yet. In: each commit of an entry. Out: the log's name and since when, for {@code org.sluse.host.log}.
 */
@NullMarked
package org.sluse.host.written;

import org.jspecify.annotations.NullMarked;
