// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What measurements need of the machine. */
final class Processes {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** {@code USER_HZ} of Linux on every machine that runs Java 25. */
    private static final double TICKS_PER_SECOND = 100;

    private Processes() {
    }

    /** Runs a command to its end. @return what it prints @throws IllegalStateException when it fails */
    static String run(List<String> command) {
        try {
            // By way of a file: a server that is left running keeps the end of a pipe open.
            var told = Files.createTempFile("told", ".txt");
            awaitSuccess(launch(command, Redirect.to(told.toFile())));
            var text = Files.readString(told);
            Files.delete(told);
            return text;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Begins a command, whose errors are ours and whose other words nobody reads. */
    static Process launch(List<String> command) {
        return launch(command, Redirect.DISCARD);
    }

    private static Process launch(List<String> command, Redirect told) {
        try {
            return new ProcessBuilder(command).inheritIO().redirectOutput(told).start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** Returns when it has ended. @throws IllegalStateException when it fails */
    static void awaitSuccess(Process process) {
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("'%s' ended with %d"
                        .formatted(process.info().commandLine().orElse("a command"), process.exitValue()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /**
     * Looks each 20 ms until a server says that it is ready, and not for a server without applications.
     *
     * @param health where it says so (MicroProfile Health)
     * @param process that has to live, or to have ended well, until then
     */
    static void awaitReady(URI health, Process process) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (!isReady(http, health)) {
                if (!process.isAlive() && process.exitValue() != 0 || System.nanoTime() - until > 0) {
                    throw new IllegalStateException(health + " does not become ready");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private static boolean isReady(HttpClient http, URI health) {
        try {
            var answer = http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 && !answer.body().replaceAll("\\s", "").contains("\"checks\":[]");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** For how long a process has run: field 22 of {@code stat} and {@code uptime}, both since the start of the machine (proc(5)). Linux only. */
    static double secondsOld(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The name of the command, field 2, may hold blanks.
            var started = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
            var now = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
            return now - started / TICKS_PER_SECOND;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A port of the loopback that nobody has. */
    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Megabytes of a process that lie in memory: {@code VmRSS} of proc(5). Linux only. */
    static double residentMegabytes(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))
                    .stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
