// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.Locale;

/**
 * One measurement beside the best of its peers.
 *
 * @param name as in the table of goals, for example {@code gate-check}
 * @param ours what this house needs, or does, in {@code unit}
 * @param peer what the best peer needs, or does, in {@code unit}; NaN where nobody else offers it
 * @param bestPeer which one that is; {@code -} for none
 * @param unit for example {@code ns/op}
 * @param better whether less or more of it is
 */
record Line(String name, double ours, double peer, String bestPeer, String unit, Better better) {

    /** What is better. */
    enum Better {
        /** Of a time, or of memory. */
        LESS,
        /** Of what is done in a time. */
        MORE
    }

    /** Less is better. */
    Line(String name, double ours, double peer, String bestPeer, String unit) {
        this(name, ours, peer, bestPeer, unit, Better.LESS);
    }

    /** Of something that nobody else offers; less is better. */
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
        return better == Better.LESS ? peer / ours : ours / peer;
    }

    @Override
    public String toString() {
        return Double.isNaN(peer)
                ? String.format(Locale.ROOT, "%s ours=%.1f peer=- unit=%s ratio=-", name, ours, unit)
                : String.format(Locale.ROOT, "%s ours=%.1f peer=%.1f unit=%s ratio=%.2f", name, ours, peer, unit,
                        ratio());
    }
}
