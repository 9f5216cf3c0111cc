// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.util.List;

/**
 * How much of the server's process lies in memory after a start with 1,000 clinics, each with its database, one of them with video on. PostgreSQL, a process of its own, is not
 * counted; Keycloak, just started too, has its database in its process and one realm.
 */
final class Memory implements Measurement {

    private static final int CLINICS = 1_000;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Line> measure() {
        return List.of(new Line(name(), ours(), keycloak(), "keycloak", "MB"));
    }

    private static double ours() {
        try (var server = new Server("")) {
            server.start();
            for (var one = 1; one <= CLINICS; one++) {
                server.operate("POST", "/tenants", "{\"name\": \"Clinic %d\"}".formatted(one));
            }
            server.operate("PUT", "/tenants/clinic-1/plugins/video",
                    "{\"on\": true, \"accept\": [\"addresses-visible\"]}");
            server.stop();
            server.start();
            return Processes.residentMegabytes(server.process());
        }
    }

    private static double keycloak() {
        var keycloak = new Keycloak();
        var process = keycloak.start();
        try {
            return Processes.residentMegabytes(Keycloak.serving(process));
        } finally {
            keycloak.stop(process);
        }
    }
}
