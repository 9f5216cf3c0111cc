// SPDX-License-Identifier: Apache-2.0
/**
 * The log that nobody can edit: a Merkle log beside each clinic's audit trail and the operator's log. In: entries, committed with the act that they tell of, and
 * {@code org.sluse.host.written}. Out: leaves at most a second later, a signed checkpoint at most each minute, a copy of it at the witness, proofs for {@code org.sluse.proof}, and whether
 * a clinic's database may be served or is behind its witness.
 */
@NullMarked
package org.sluse.host.log;

import org.jspecify.annotations.NullMarked;
