// SPDX-License-Identifier: Apache-2.0
/**
 * Data that leaves the clinic, and the one door it leaves through.
 * In: a plugin declares {@link org.sluse.disclosure.Recipient}s and hands records whose components say what they carry to the
 * {@link org.sluse.disclosure.DisclosureGate}. Out: the request on the wire, a row in the ledger, an audit entry; or a refusal, and nothing sent.
 */
@NullMarked
package org.sluse.disclosure;

import org.jspecify.annotations.NullMarked;
