// SPDX-License-Identifier: Apache-2.0
/**
 * What it takes to prove a log: Merkle tree hashes (RFC 6962, 2.1), signed checkpoints (C2SP tlog-checkpoint and signed-note), the witness's file, and the verifier, which says
 * what was altered. In: bytes. Out: bytes, and findings in sentences. Rests on the JDK alone, so that the command line proves a log without the host, and the host makes it with
 * the same hashes.
 */
@NullMarked
package org.sluse.proof;

import org.jspecify.annotations.NullMarked;
