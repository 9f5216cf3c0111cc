// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long a server that was started before takes until it is ready: from the command to the answer, the median of five. Ours with its embedded PostgreSQL, which starts
 * with it, and with the launcher around it.
 */
final class Start implements Measurement {

    private static final int STARTS = 5;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Line> measure() {
        return List.of(new Line(name(), ours(), keycloak(), "keycloak", "s"));
    }

    private static double ours() {
        try (var server = new Server("")) {
            server.start();
            var times = new ArrayList<Double>();
            for (var one = 0; one < STARTS; one++) {
                server.stop();
                var from = System.nanoTime();
                server.start();
                times.add((System.nanoTime() - from) / 1e9);
            }
            return median(times);
        }
    }

    private static double keycloak() {
        var keycloak = new Keycloak();
        var times = new ArrayList<Double>();
        for (var one = 0; one < STARTS; one++) {
            var from = System.nanoTime();
            var process = keycloak.start();
            times.add((System.nanoTime() - from) / 1e9);
            keycloak.stop(process);
        }
        return median(times);
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
