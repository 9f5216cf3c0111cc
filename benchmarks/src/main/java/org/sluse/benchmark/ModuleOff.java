// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a module that is switched off on one of three nodes still answers anywhere, with notifications off: from sending the switch to the last answer of any node that was not a refusal,
 * and to the close of the last of 100 open sockets. The 99th percentile of 200 switches. Nobody else offers this, so that there is no peer.
 */
final class ModuleOff implements Measurement {

    private static final int SWITCHES = 200;
    private static final int SOCKETS = 100;
    private static final Duration SILENCE = Duration.ofMillis(300);

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "module-off";
    }

    @Override
    public List<Line> measure() {
        try (var nodes = Servers.start(3); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clinic = nodes.clinicWithVideo();
            var answers = new ArrayList<Double>();
            var closes = new ArrayList<Double>();
            for (var one = 0; one < SWITCHES; one++) {
                var sockets = open(nodes, clinic);
                var from = System.nanoTime();
                var probes = nodes.addresses()
                        .stream()
                        .map(node -> threads
                                .submit(() -> lastAnswer(node.resolve("/api/" + clinic + "/video/sessions"))))
                        .toList();
                nodes.turn(clinic, false);
                answers.add(milliseconds(from, probes.stream().mapToLong(ModuleOff::get).max().orElseThrow()));
                closes.add(milliseconds(from, sockets.stream().mapToLong(Ending::at).max().orElseThrow()));
                nodes.turn(clinic, true);
            }
            return List.of(Line.alone(name(), percentile99(answers), "ms"),
                    Line.alone(name() + "-sockets", percentile99(closes), "ms"));
        }
    }

    private List<Ending> open(Servers nodes, String clinic) {
        var addresses = nodes.addresses();
        var sockets = new ArrayList<Ending>();
        for (var one = 0; one < SOCKETS; one++) {
            var node = addresses.get(one % addresses.size());
            var ending = new Ending();
            http.newWebSocketBuilder()
                    .header("Origin", node.toString())
                    .buildAsync(URI.create(node.toString().replaceFirst("http", "ws") + "/ws/" + clinic + "/video"),
                            ending)
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            sockets.add(ending);
        }
        return sockets;
    }

    /** Asks again and again until nothing but refusals has come for a while. @return when the last answer came that was none */
    private long lastAnswer(URI address) throws Exception {
        var last = System.nanoTime();
        while (System.nanoTime() - last < SILENCE.toNanos()) {
            var status = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding()).statusCode();
            // Nobody is signed in: 401 is what a module that exists answers.
            if (status == 401) {
                last = System.nanoTime();
            } else if (status != 404) {
                throw new IllegalStateException(address + " answers " + status);
            }
        }
        return last;
    }

    private static long get(Future<Long> probe) {
        try {
            return probe.get();
        } catch (Exception failed) {
            throw new IllegalStateException("A node could not be asked", failed);
        }
    }

    private static double milliseconds(long from, long to) {
        return (to - from) / 1e6;
    }

    private static double percentile99(List<Double> values) {
        Collections.sort(values);
        return values.get((int) Math.ceil(values.size() * 0.99) - 1);
    }

    /** A socket, and when the server has closed it because the module is off. */
    private static final class Ending implements WebSocket.Listener {

        private static final int MODULE_OFF = 4423;

        private final CompletableFuture<Long> at = new CompletableFuture<>();

        long at() {
            return at.orTimeout(10, TimeUnit.SECONDS).join();
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            if (code == MODULE_OFF) {
                at.complete(System.nanoTime());
            } else {
                at.completeExceptionally(new IllegalStateException("Closed with " + code));
            }
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failed) {
            at.completeExceptionally(failed);
        }
    }
}
