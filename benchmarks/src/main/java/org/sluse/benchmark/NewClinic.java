// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long a new clinic takes until it is of use: from sending the request that makes it to the answers of its set-up page and of its notice to everybody, which comes out of its own database. 50 clinics one
 * after the other on one server as {@code ./sluse start} starts it (fsync on): the median, and the slowest. Nobody else offers this, so that there is no peer.
 */
final class NewClinic implements Measurement {

    private static final int CLINICS = 50;
    private static final int WARMING = 5;

    @Override
    public String name() {
        return "new-clinic";
    }

    @Override
    public List<Line> measure() {
        try (var server = new Server("")) {
            server.start();
            var took = new ArrayList<Double>();
            for (var one = 1; one <= WARMING + CLINICS; one++) {
                var from = System.nanoTime();
                server.operate("POST", "/tenants", "{\"name\": \"Clinic %d\"}".formatted(one));
                server.get("/clinic-" + one + "/set-up");
                server.get("/api/clinic-" + one + "/core/notice");
                if (one > WARMING) {
                    took.add((System.nanoTime() - from) / 1e6);
                }
            }
            Collections.sort(took);
            return List.of(Line.alone(name(), took.get(took.size() / 2), "ms"),
                    Line.alone(name() + "-slowest", took.getLast(), "ms"));
        }
    }
}
