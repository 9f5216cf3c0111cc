// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a log was when it had this many entries (C2SP tlog-checkpoint).
 *
 * @param origin which log, for example {@code sluse.example/clinic/north}
 * @param size how many entries
 * @param root the Merkle tree hash of them, 32 bytes
 * @param acknowledged when the log was behind its witness and somebody has taken responsibility for that: why, and by the operator's clock when; an extension line
 */
public record Checkpoint(String origin, long size, byte[] root, Optional<String> acknowledged) {

    private static final String ACKNOWLEDGED = "acknowledged ";

    /** @throws IllegalArgumentException when it could not be written in lines */
    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n") || size < 0 || root.length != TreeHasher.LENGTH
                || acknowledged.filter(why -> why.isBlank() || why.contains("\n")).isPresent()) {
            throw new IllegalArgumentException(
                    "A checkpoint has an origin, a size, a root of 32 bytes, each in one line");
        }
    }

    /** A usual one. */
    public Checkpoint(String origin, long size, byte[] root) {
        this(origin, size, root, Optional.empty());
    }

    /** The same, with who takes responsibility that the log was brought back to it, and why. */
    public Checkpoint acknowledged(String why) {
        return new Checkpoint(origin, size, root, Optional.of(why));
    }

    /** The lines that are signed, each ended by a line feed. */
    String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n"
                + acknowledged.map(why -> ACKNOWLEDGED + why + "\n").orElse("");
    }

    /** @return empty for what is no checkpoint */
    static Optional<Checkpoint> parse(String body) {
        var lines = List.of(body.split("\n"));
        if (lines.size() < 3 || lines.size() > 4 || !lines.get(1).matches("0|[1-9][0-9]{0,17}")
                || lines.size() == 4 && !lines.get(3).startsWith(ACKNOWLEDGED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)),
                    Base64.getDecoder().decode(lines.get(2)),
                    lines.size() == 4
                            ? Optional.of(lines.get(3).substring(ACKNOWLEDGED.length()))
                            : Optional.empty()));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }
}
