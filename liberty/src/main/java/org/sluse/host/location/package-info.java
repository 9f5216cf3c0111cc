// SPDX-License-Identifier: Apache-2.0
/**
 * Where clinics' data rests. In: the operator's settings. Out: the locations there are, which of them this node serves, and what a clinic that lies in one has to know of it.
 */
@NullMarked
package org.sluse.host.location;

import org.jspecify.annotations.NullMarked;
