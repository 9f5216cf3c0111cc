// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.Locale;

/**
 * One measurement beside the best of its peers.
 *
 * @param name as in the table of goals, for example {@code gate-check}
 * @param ours what this house needs, in {@code unit}
 * @param peer what the best peer needs, in {@code unit}; NaN where nobody else offers it
 * @param bestPeer which one that is; {@code -} for none
 * @param unit for example {@code ns/op}; less is better
 */
record Line(String name, double ours, double peer, String bestPeer, String unit) {

    /** Of something that nobody else offers. */
    static Line alone(String name, double ours, String unit) {
        return new Line(name, ours, Double.NaN, "-", unit);
    }

    Line {
        if (!(ours > 0) || peer <= 0) {
            throw new IllegalArgumentException("'" + name + "' measured nothing: ours " + ours + ", peer " + peer);
        }
    }

    /** How many times better than the peer: more is better. */
    double ratio() {
        return peer / ours;
    }

    @Override
    public String toString() {
        return Double.isNaN(peer)
                ? String.format(Locale.ROOT, "%s ours=%.1f peer=- unit=%s ratio=-", name, ours, unit)
                : String.format(Locale.ROOT, "%s ours=%.1f peer=%.1f unit=%s ratio=%.1f", name, ours, peer, unit,
                        ratio());
    }
}
