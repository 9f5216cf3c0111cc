// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.util.List;

/**
 * What a verifier says of a log.
 *
 * @param origin which log
 * @param key with which it is signed
 * @param entries how many there are
 * @param proved how many of them the newest checkpoint proves; the others are younger than it
 * @param checkpoints how many were compared, the witness's among them
 * @param findings what is not as it was signed, a thousand at most, by place; empty for a log that is proved
 * @param more how many further findings there are
 * @param acknowledged where the log was behind its witness and somebody took responsibility for it, oldest first
 */
public record Verdict(String origin, String key, long entries, long proved, long checkpoints, List<Finding> findings,
        long more, List<String> acknowledged) {

    /** Whether nothing was found. */
    public boolean isProved() {
        return findings.isEmpty();
    }
}
