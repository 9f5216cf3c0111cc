// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.sluse.benchmark.unruly.Unruly;

/**
 * What a clinic notices of another one at which a plugin throws, hangs or leaks, asked at the same pace as at the quiet one, or is flooded with requests: the 99th percentile of the quiet
 * clinic's requests to the same plugin, before and meanwhile, on one server as {@code ./sluse start} starts it. The peer is the same clinic when it has the server to itself.
 */
final class Isolation implements Measurement {

    private static final String FLOOD = "flood";
    private static final List<String> ACTS = List.of("throw", "hang", "leak", FLOOD);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(20);
    /** More than a plugin's places for one clinic, of which there are 64. */
    private static final int LOUD_AT_ONCE = 128;

    // A connection for each request at once, as of so many callers: HTTP/2 would put all of them on one.
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    // Its own, so that the quiet one waits for the server and not for the other's answers.
    private final HttpClient loudHttp = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public String name() {
        return "isolation";
    }

    @Override
    public List<Line> measure() {
        try (var server = new Server("")) {
            PluginJar.write(server.data(), "unruly", Unruly.class, Unruly.TABLES);
            server.start();
            List.of("quiet", "loud").forEach(clinic -> open(server, clinic));
            quiet(server, WARM_UP);
            var lines = new ArrayList<Line>();
            for (var act : ACTS) {
                // Before each: what an earlier one has left behind is not this one's doing.
                var before = quiet(server, ROUND);
                var meanwhile = whileLoud(server, act);
                lines.add(new Line(name() + "-" + act, meanwhile, before, "alone", "ms"));
            }
            return lines;
        }
    }

    private static void open(Server server, String clinic) {
        server.operate("POST", "/tenants", "{\"name\": \"" + clinic + "\"}");
        server.operate("PUT", "/tenants/" + clinic + "/plugins/unruly", "{\"on\": true}");
    }

    /** Asks again and again at its own pace, whether or not the one before was answered. @return the 99th percentile, in milliseconds */
    private double quiet(Server server, Duration time) {
        var request = HttpRequest.newBuilder(server.address().resolve("/api/quiet/unruly/things")).build();
        var answers = new ArrayList<CompletableFuture<Double>>();
        var begin = System.nanoTime();
        for (var due = begin; due - begin < time.toNanos(); due += BETWEEN_REQUESTS.toNanos()) {
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var wasDue = due;
            answers.add(http.sendAsync(request, BodyHandlers.discarding()).thenApply(answer -> {
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException("The quiet clinic is answered " + answer.statusCode());
                }
                return (System.nanoTime() - wasDue) / 1e6;
            }));
        }
        var took = answers.stream().map(CompletableFuture::join).sorted().toList();
        return took.get((int) Math.ceil(took.size() * 0.99) - 1);
    }

    private double whileLoud(Server server, String act) {
        var request = HttpRequest.newBuilder(server.address().resolve("/api/loud/unruly/things?act=" + act)).build();
        var goesOn = new AtomicBoolean(true);
        var places = new Semaphore(LOUD_AT_ONCE);
        var loud = Thread.ofPlatform().daemon().start(() -> {
            while (goesOn.get()) {
                places.acquireUninterruptibly();
                loudHttp.sendAsync(request, BodyHandlers.discarding())
                        .whenComplete((answer, failed) -> places.release());
                if (!act.equals(FLOOD)) {
                    LockSupport.parkNanos(BETWEEN_REQUESTS.toNanos());
                }
            }
        });
        try {
            return quiet(server, ROUND);
        } finally {
            goesOn.set(false);
            joined(loud);
            // The last of them hang a while.
            places.acquireUninterruptibly(LOUD_AT_ONCE);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
