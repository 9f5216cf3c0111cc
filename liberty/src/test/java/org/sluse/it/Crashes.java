// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.sluse.host.key.Vaults;
import org.sluse.it.agent.Step;
import org.sluse.it.agent.StepAgent;

/** A server that can be held at a step of its work, and killed there, or its PostgreSQL; and what lies in its databases then. */
final class Crashes {

    private final Path steps;
    private final RunningServer server;

    /** Who is killed. */
    enum Victim {
        SERVER, POSTGRES
    }

    /** With backups beside its data. */
    static Crashes begin() {
        var data = CommandLine.emptyFolder();
        return new Crashes(data,
                "sluse.backup.same-disk=true\nsluse.backup.place=" + data.toAbsolutePath() + "-backups\n");
    }

    /** @param settings lines of its {@code sluse.properties} */
    Crashes(Path data, String settings) {
        try {
            this.steps = Files.createDirectory(data.resolve("steps"));
            this.server = RunningServer.start(data, "sluse.log.checkpoint-seconds=1\n" + settings,
                    Map.of("JDK_JAVA_OPTIONS", AgentJar.option(data, StepAgent.class, steps)));
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
    }

    RunningServer server() {
        return server;
    }

    /** From now on the first thread that comes to the step stays there. */
    void holdAt(Step step) {
        try {
            Files.createFile(steps.resolve(step.name()));
        } catch (IOException cannotHold) {
            throw new UncheckedIOException(cannotHold);
        }
    }

    void awaitHeldAt(Step step) {
        Await.until("a thread is at " + step, 60, TimeUnit.SECONDS,
                () -> Files.exists(steps.resolve(step + ".reached")));
    }

    /** Nobody is held any more, and nobody will be. */
    void letAllGo() {
        try (var files = Files.list(steps)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException cannotLetGo) {
            throw new UncheckedIOException(cannotLetGo);
        }
    }

    /** As {@code kill -9} does, the whole victim at once; and has it come back. */
    void kill(Victim victim) {
        switch (victim) {
            case SERVER -> {
                var process = ProcessHandle.of(server.process()).orElseThrow();
                process.destroyForcibly();
                process.onExit().join();
                letAllGo();
                if (server.startAgain() != 0) {
                    throw new AssertionError("The server did not start again; " + server.data() + "/logs says why");
                }
            }
            case POSTGRES -> {
                var postmaster = postmaster();
                // Its own first, so that it cannot tell them to end in good order.
                var all = postmaster.children().toList();
                postmaster.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
                postmaster.onExit().join();
                letAllGo();
                Await.until("PostgreSQL answers again", 60, TimeUnit.SECONDS, this::answers);
                // Where it was away for longer than the lease, modules answer again after the next look.
                Await.until("the server serves again", 60, TimeUnit.SECONDS,
                        () -> Http.isUp(server.base().resolve("/health/ready")));
            }
        }
    }

    /** Whether there is as much as this of an act in the clinic's trail. @param about ids of persons, as often as each was touched */
    Map<String, Long> trail(Clinic clinic, String action, List<String> about) {
        return jdbi(database(clinic)).withHandle(handle -> handle
                .createQuery(
                        "select coalesce(patient, object_id) as who, count(*) as times from core.audit where action = :action and outcome = 'DONE' and coalesce(patient, object_id) = any(:about) group by 1")
                .bind("action", action)
                .bindArray("about", String.class, about)
                .setMapKeyColumn("who")
                .setMapValueColumn("times")
                .collectInto(new GenericType<Map<String, Long>>() {
                }));
    }

    /** How many there are in a schema of the clinic's. @param rows what stands behind {@code from} */
    long count(Clinic clinic, String rows) {
        return jdbi(database(clinic))
                .withHandle(handle -> handle.createQuery("select count(*) from " + rows).mapTo(long.class).one());
    }

    private static String database(Clinic clinic) {
        return "t_" + clinic.id().replace('-', '_');
    }

    private boolean answers() {
        try {
            return jdbi("postgres").withHandle(handle -> handle.createQuery("select 1").mapTo(int.class).one()) == 1;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private Jdbi jdbi(String database) {
        return Jdbi.create("jdbc:postgresql://127.0.0.1:" + lock().get(3) + "/" + database, "postgres",
                Vaults.in(server.data()).derive("postgres administrator"));
    }

    private ProcessHandle postmaster() {
        return ProcessHandle.of(Long.parseLong(lock().getFirst().strip())).orElseThrow();
    }

    /** What PostgreSQL says of itself: process, folder, start, port. */
    private List<String> lock() {
        try {
            return Files.readAllLines(server.data().resolve("postgres/data/postmaster.pid"));
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
