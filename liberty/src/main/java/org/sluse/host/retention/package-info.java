// SPDX-License-Identifier: Apache-2.0
/**
 * The end of keeping. In: data maps, and what a clinic has set. Out: deleted rows, each deletion an entry of the audit trail with how many. Called once a night for each clinic.
 */
@NullMarked
package org.sluse.host.retention;

import org.jspecify.annotations.NullMarked;
