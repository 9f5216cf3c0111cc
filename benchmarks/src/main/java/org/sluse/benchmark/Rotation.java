// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.sluse.benchmark.persons.Persons;

/**
 * The rotation of the key of a clinic that keeps sealed notes of 100,000 persons, each under a key of its own, while the clinic works: four clients read and write notes, of persons who are new too, one request
 * every 40 milliseconds each. How long it takes, and the 99th percentile of the requests meanwhile; the peer is the same clinic just before. A request that is refused, or reads something else than was written, is an error.
 */
final class Rotation implements Measurement {

    private static final int PERSONS = 100_000;
    private static final int AT_ONCE = 1_000;
    private static final int CLIENTS = 4;
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(40);
    private static final Duration BEFORE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public List<Line> measure() {
        try (var server = new Server(""); var threads = Executors.newCachedThreadPool()) {
            PluginJar.write(server.data(), "persons", Persons.class, Persons.TABLES);
            server.start();
            server.operate("POST", "/tenants", "{\"name\": \"North\"}");
            server.operate("PUT", "/tenants/north/plugins/persons", "{\"on\": true}");
            for (var first = 0; first < PERSONS; first += AT_ONCE) {
                write(server, first, AT_ONCE);
            }
            work(server, BEFORE);
            var before = work(server, BEFORE);
            var from = System.nanoTime();
            var rotation = threads.submit(() -> {
                var answer = server.operate("POST", "/tenants/north/keys/rotation", "");
                return new Rotated(answer, (System.nanoTime() - from) / 1e9);
            });
            var meanwhile = work(server, () -> !rotation.isDone());
            var rotated = get(rotation);
            var persons = Integer.parseInt(rotated.answer().replaceAll("\\D", ""));
            if (persons < PERSONS) {
                throw new IllegalStateException("Only " + persons + " keys were wrapped anew");
            }
            return List.of(Line.alone(name(), rotated.seconds(), "s"),
                    new Line(name() + "-requests", meanwhile, before, "before", "ms"));
        }
    }

    /** @param answer of the server */
    private record Rotated(String answer, double seconds) {}

    /** What the clinic does all day, for a while. @return the 99th percentile of its requests, in milliseconds */
    private double work(Server server, Duration time) {
        var begun = System.nanoTime();
        return work(server, () -> System.nanoTime() - begun < time.toNanos());
    }

    private double work(Server server, BooleanSupplier goesOn) {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var took = new ArrayList<Double>();
            for (var client : IntStream.range(0, CLIENTS)
                    .mapToObj(one -> clients.submit(() -> requests(server, goesOn)))
                    .toList()) {
                took.addAll(get(client));
            }
            Collections.sort(took);
            return took.get((int) Math.ceil(took.size() * 0.99) - 1);
        }
    }

    private List<Double> requests(Server server, BooleanSupplier goesOn) {
        var took = new ArrayList<Double>();
        var random = ThreadLocalRandom.current();
        for (var due = System.nanoTime(); goesOn.getAsBoolean(); due += BETWEEN_REQUESTS.toNanos()) {
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            switch (random.nextInt(4)) {
                case 0 -> write(server, random.nextInt(PERSONS), 1);
                case 1 -> write(server, PERSONS + random.nextInt(PERSONS), 1);
                default -> read(server, random.nextInt(PERSONS));
            }
            // From when it was due: one that had to wait for the one before has waited.
            took.add((System.nanoTime() - due) / 1e6);
        }
        return took;
    }

    private void write(Server server, int first, int count) {
        send(HttpRequest.newBuilder(server.address().resolve("/api/north/persons/notes/" + first + "?count=" + count))
                .header("X-Sluse-Request", "1")
                .PUT(BodyPublishers.noBody()));
    }

    private void read(Server server, int person) {
        var note = send(HttpRequest.newBuilder(server.address().resolve("/api/north/persons/notes/" + person)));
        if (!note.equals("Note of person-" + person)) {
            throw new IllegalStateException("The note of person " + person + " says '" + note + "'");
        }
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException("A request was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static <T> T get(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("It could not be done to the end", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
