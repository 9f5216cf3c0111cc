// SPDX-License-Identifier: Apache-2.0
/**
 * What plugins leave behind in a clinic's database when their jar is not in the server any more. In: the operator asks. Out: which tables with how many
 * rows, all of them as a file, or their end.
 */
@NullMarked
package org.sluse.host.remains;

import org.jspecify.annotations.NullMarked;
