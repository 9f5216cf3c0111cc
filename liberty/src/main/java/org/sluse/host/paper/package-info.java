// SPDX-License-Identifier: Apache-2.0
/**
 * Papers: what must be signed or assessed before a recipient receives data. In: administrators and the operator, recipients of manifests. Out: what is
 * missing, and word that a paper has ended.
 */
@NullMarked
package org.sluse.host.paper;

import org.jspecify.annotations.NullMarked;
