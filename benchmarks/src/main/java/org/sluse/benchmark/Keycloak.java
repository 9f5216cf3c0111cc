// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Keycloak as its makers recommend for production: optimised by {@code kc.sh build}, one node, its database in its own process. */
final class Keycloak {

    private static final Path HOME = Path.of(System.getProperty("keycloak.home", ""));
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
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
        try {
            var process = new ProcessBuilder(kc(), "start", "--optimized", "--http-enabled=true",
                    "--hostname-strict=false", "--http-port=" + port, "--http-management-port=" + managementPort)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var until = System.nanoTime() + PATIENCE.toNanos();
            while (!isReady()) {
                if (!process.isAlive() || System.nanoTime() - until > 0) {
                    throw new IllegalStateException("Keycloak does not become ready");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return process;
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
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

    private boolean isReady() {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready")).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
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
