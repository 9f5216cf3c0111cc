// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.sluse.it.CanaryOperation.Manner;

/**
 * A server with clinics of which each types words of its own, a walk of random operations over them, and a look at everything that lies on the disk afterwards. The
 * server keeps its data in a PostgreSQL where the walk is a superuser, inside the data folder, and which throws no write-ahead log away.
 */
final class CanaryWalk implements AutoCloseable {

    private static final int WALKERS = 4;

    private final Path data = CommandLine.emptyFolder();
    private final Path cluster = data.resolve("cluster");
    private final Path backups = CommandLine.emptyFolder();
    private final Path exports = CommandLine.emptyFolder();
    private final EmbeddedPostgres postgres = postgres(cluster);
    private final RunningServer server;
    private final List<List<CanaryClinic>> walks = new ArrayList<>();
    private final long seed;
    /** Nobody's: put where a search must find it. */
    private final Canary planted;

    /** @param succeeded of the tried ones, those whose last answer was no refusal */
    record Count(int tried, int succeeded) {

        Count and(Count more) {
            return new Count(tried + more.tried, succeeded + more.succeeded);
        }
    }

    /**
     * What a walk was like.
     *
     * @param counts by operation
     * @param ownWords how often a clinic's people heard their own words
     */
    record Walked(Map<CanaryOperation, Count> counts, long ownWords) {

        Count of(Manner manner) {
            return counts.entrySet()
                    .stream()
                    .filter(one -> one.getKey().manner() == manner)
                    .map(Map.Entry::getValue)
                    .reduce(new Count(0, 0), Count::and);
        }

        Walked and(Walked more) {
            var all = new HashMap<>(counts);
            more.counts.forEach((operation, count) -> all.merge(operation, count, Count::and));
            return new Walked(all, ownWords + more.ownWords);
        }
    }

    /**
     * Where words lie.
     *
     * @param words by the name of a database, {@code wal}, or a path below the place that was searched
     * @param bytes that were searched
     */
    record Found(Map<String, Set<Canary>> words, long bytes) {

        /** None where nothing was found. */
        Set<Canary> at(String place) {
            return words.getOrDefault(place, Set.of());
        }
    }

    CanaryWalk(long seed, int clinics) throws IOException {
        this.seed = seed;
        this.planted = new Canary(Canary.Kept.SEALED, clinics);
        // What the server lays down for a moment is to be seen, too.
        var temporary = Files.createDirectories(data.resolve("tmp"));
        this.server = RunningServer.start(data, """
                sluse.postgres.url=jdbc:postgresql://127.0.0.1:%d/postgres
                sluse.postgres.user=postgres
                sluse.postgres.password=postgres
                sluse.backup.same-disk=true
                """.formatted(postgres.getPort()), Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary));
        var chance = new SplittableRandom(seed);
        var walkers = Math.min(WALKERS, clinics / 2);
        for (var walker = 0; walker < walkers; walker++) {
            var own = chance.split();
            var first = walker;
            walks.add(IntStream.range(0, clinics)
                    .filter(number -> number % walkers == first)
                    .mapToObj(number -> new CanaryClinic(server, number, own))
                    .toList());
        }
    }

    List<CanaryClinic> clinics() {
        return walks.stream().flatMap(List::stream).toList();
    }

    Canary planted() {
        return planted;
    }

    /** So many operations, by several people at once; each has clinics of their own to be at. */
    Walked walk(int operations) {
        try (var walkers = Executors.newFixedThreadPool(walks.size())) {
            List<Future<Walked>> all = new ArrayList<>();
            for (var walker = 0; walker < walks.size(); walker++) {
                var number = walker;
                // What does not divide is walked by the last ones.
                all.add(walkers.submit(() -> walk(number, walks.get(number),
                        (operations + number) / walks.size())));
            }
            var walked = new Walked(Map.of(), 0);
            for (var one : all) {
                walked = walked.and(one.get());
            }
            return walked;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Walked walk(int walker, List<CanaryClinic> clinics, int operations) {
        var chance = clinics.getFirst().chance();
        Map<CanaryOperation, Count> counts = new HashMap<>();
        var ownWords = 0L;
        for (var place = 0; place < operations; place++) {
            var own = clinics.get(chance.nextInt(clinics.size()));
            var other = clinics.get((clinics.indexOf(own) + 1 + chance.nextInt(clinics.size() - 1)) % clinics.size());
            var operation = CanaryOperation.drawn(chance);
            var where = "seed %d, walker %d, operation %d: '%s' by %s".formatted(seed, walker, place, operation.name(),
                    own.clinic().id());
            try {
                operation.act().accept(own, other);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(where, failed);
            }
            var heard = own.heard();
            for (var one : heard) {
                var words = one.words();
                if (one.status() >= 500 || !words.stream().allMatch(word -> one.mayHold(word, own.number()))) {
                    throw new AssertionError(where + " heard " + one.status() + " " + words + "\n" + one.text());
                }
                ownWords += words.size();
            }
            counts.merge(operation, new Count(1, !heard.isEmpty() && heard.getLast().status() < 400 ? 1 : 0),
                    Count::and);
        }
        return new Walked(counts, ownWords);
    }

    /** Backups and exports are made, the server stops, and PostgreSQL writes everything; then everything is searched. */
    Found end() throws IOException, SQLException {
        operator("backup", "--to", backups.toString());
        for (var clinic : clinics()) {
            var id = clinic.clinic().id();
            operator("tenant", "export", id, "--to", exports.resolve(id).toString());
        }
        plant();
        server.command("stop");
        var databases = databases();
        postgres.close();
        return searched(data, path -> place(databases, path));
    }

    private void operator(String... command) {
        if (server.command(command) != 0) {
            throw new AssertionError("Not done: " + String.join(" ", command));
        }
    }

    Found backups() throws IOException {
        return searched(backups, path -> path);
    }

    /** By clinic. */
    Found exports() throws IOException {
        return searched(exports, path -> path.replaceFirst("/.*", ""));
    }

    /** A word where a sealed one must not be: in a database, with it in the write-ahead log, and in a file. */
    private void plant() throws IOException, SQLException {
        execute("create table planted as select '" + planted.word() + "' as word");
        Files.writeString(data.resolve("logs/planted.log"), planted.word());
    }

    private void execute(String statement) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var one = connection.createStatement()) {
            one.execute(statement);
        }
    }

    /** Their names, by the name of their folder. */
    private Map<String, String> databases() throws SQLException {
        Map<String, String> databases = new HashMap<>();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select oid, datname from pg_database")) {
            while (rows.next()) {
                databases.put(rows.getString(1), rows.getString(2));
            }
        }
        return databases;
    }

    private static String place(Map<String, String> databases, String path) {
        var parts = path.split("/");
        if (path.startsWith("cluster/base/") && databases.containsKey(parts[2])) {
            return databases.get(parts[2]);
        }
        return path.startsWith("cluster/pg_wal/") ? "wal" : path;
    }

    private static Found searched(Path folder, java.util.function.UnaryOperator<String> place) throws IOException {
        Map<String, Set<Canary>> words = new TreeMap<>();
        var bytes = 0L;
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
                var found = Canary.in(file);
                if (!found.isEmpty()) {
                    words.computeIfAbsent(place.apply(folder.relativize(file).toString()), any -> new TreeSet<>())
                            .addAll(found);
                }
            }
        }
        return new Found(words, bytes);
    }

    private static EmbeddedPostgres postgres(Path cluster) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(cluster)
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("wal_keep_size", "64GB")
                    .setServerConfig("max_wal_size", "16GB")
                    .setServerConfig("logging_collector", "on")
                    .start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** Ends it, and leaves nothing on the disk; what failed is left for whoever looks into it. */
    @Override
    public void close() throws IOException {
        server.command("stop");
        postgres.close();
    }

    void delete() throws IOException {
        for (var folder : List.of(data, backups, exports)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
