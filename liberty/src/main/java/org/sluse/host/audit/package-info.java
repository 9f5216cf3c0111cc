// SPDX-License-Identifier: Apache-2.0
/**
 * Reading the audit trail and the ledger. In: administrators' questions. Out: rows in words; looking is itself a row.
 */
@NullMarked
package org.sluse.host.audit;

import org.jspecify.annotations.NullMarked;
