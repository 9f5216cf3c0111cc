// SPDX-License-Identifier: Apache-2.0
/**
 * Reading the audit trail, and what stands in it of who was refused. In: questions of administrators, and of whoever holds a link. Out: entries; looking is itself one.
 */
@NullMarked
package org.sluse.host.audit;

import org.jspecify.annotations.NullMarked;
