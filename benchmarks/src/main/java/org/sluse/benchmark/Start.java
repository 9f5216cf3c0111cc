// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long a server that was started before takes until it is ready: from the beginning of the process that serves to its answer, the median of five. Ours with its embedded PostgreSQL, which starts
 * with it.
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
                var launcher = server.launch();
                Processes.awaitReady(server.health(), launcher);
                times.add(Processes.secondsOld(server.process()));
                Processes.awaitSuccess(launcher);
            }
            return median(times);
        }
    }

    private static double keycloak() {
        var keycloak = new Keycloak();
        var times = new ArrayList<Double>();
        for (var one = 0; one < STARTS; one++) {
            var process = keycloak.start();
            times.add(Processes.secondsOld(Keycloak.serving(process)));
            keycloak.stop(process);
        }
        return median(times);
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
