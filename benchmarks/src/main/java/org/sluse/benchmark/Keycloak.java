// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keycloak as its makers recommend for production: optimised by {@code kc.sh build}, one node, its database in its own process. */
final class Keycloak {

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", ""));

    private final int port = Processes.freePort();
    private final int managementPort = Processes.freePort();

    /** Builds it, and starts it once so that its database is there. */
    Keycloak() {
        if (!Files.isExecutable(HOME.resolve("bin/kc.sh"))) {
            throw new IllegalStateException(
                    "There is no Keycloak at '" + HOME + "'; right would be to call benchmarks/run");
        }
        Processes.run(List.of(kc(), "build", "--db=dev-file", "--health-enabled=true", "--cache=local"));
        stop(start());
    }

    /** Returns when it says that it is ready. */
    Process start() {
        var process = Processes.launch(List.of(kc(), "start", "--optimized", "--http-enabled=true",
                "--hostname-strict=false", "--http-port=" + port, "--http-management-port=" + managementPort));
        Processes.awaitReady(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"), process);
        return process;
    }

    void stop(Process process) {
        var all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            process.waitFor();
            all.forEach(one -> one.onExit().join());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String kc() {
        return HOME.resolve("bin/kc.sh").toString();
    }

    /** The process that serves: the script that started it may stand before it. */
    static ProcessHandle serving(Process process) {
        return process.descendants()
                .filter(one -> one.info().command().filter(command -> command.endsWith("/java")).isPresent())
                .findFirst()
                .orElseGet(process::toHandle);
    }
}
