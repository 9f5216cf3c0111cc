// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.key.Sha256;
import org.sluse.host.tenant.Source;
import org.sluse.tenant.Tenant;

/**
 * Durable transactions a second, each a patient's row and its audit entry, by 16 clients, at one clinic and at 100 of them, drawn at random. The keeper of the logs gives the entries their places meanwhile and
 * has done so a moment after the last. The peers write the same rows over the same connections: one without an entry, the other with one in a naive hash chain, whose last hash is locked until the commit.
 */
final class Audit implements Measurement {

    private static final int CLIENTS = 16;
    private static final int MANY = 100;
    private static final int ROUNDS = 4;
    private static final Duration ROUND = Duration.ofSeconds(5);
    /** How long after the last commit the last entry has its place, by the design a second, and what it takes to look. */
    private static final Duration OWED = Duration.ofSeconds(2);

    private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "7f2a4c7e-52a4-4c8e-9d53-0c5d7a51b2f1",
            Set.of(Role.PRACTITIONER));
    private static final Source SOURCE = Source.of("192.0.2.1", "Mozilla/5.0", false);
    private static final LocalDate BORN = LocalDate.of(1970, 1, 1);

    /** A way to keep a patient at a clinic. */
    private interface Way {

        /** Returns when it is on the disk. */
        void keep(Tenant clinic, UUID patient);
    }

    /** Transactions, and how long they took. */
    private record Done(long transactions, double seconds) {

        static final Done NOTHING = new Done(0, 0);

        Done and(Done more) {
            return new Done(transactions + more.transactions, seconds + more.seconds);
        }

        double eachSecond() {
            return transactions / seconds;
        }
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public List<Line> measure() {
        try (var node = new AuditedClinics(MANY)) {
            return IntStream.of(1, MANY)
                    .mapToObj(clinics -> lines(node, node.clinics().subList(0, clinics)))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private List<Line> lines(AuditedClinics node, List<Tenant> clinics) {
        var ours = Done.NOTHING;
        var without = Done.NOTHING;
        var chained = Done.NOTHING;
        for (var round = 0; round <= ROUNDS; round++) {
            if (round == 1) {
                // The first was to warm up.
                ours = Done.NOTHING;
                without = Done.NOTHING;
                chained = Done.NOTHING;
            }
            ours = ours.and(audited(node, clinics));
            without = without
                    .and(round(node, (clinic, patient) -> without(node.databases(), clinic, patient), clinics));
            chained = chained
                    .and(round(node, (clinic, patient) -> chained(node.databases(), clinic, patient), clinics));
        }
        var name = name() + "-" + (clinics.size() == 1 ? "hot" : clinics.size());
        return List.of(
                new Line(name, ours.eachSecond(), without.eachSecond(), "without audit", "tx/s", Line.Better.MORE),
                new Line(name + "-chain", ours.eachSecond(), chained.eachSecond(), "hash chain", "tx/s",
                        Line.Better.MORE));
    }

    private static Done audited(AuditedClinics node, List<Tenant> clinics) {
        var entries = node.count(TenantDatabases.CORE, "audit", clinics);
        var done = round(node, (clinic, patient) -> audited(node, clinic, patient), clinics);
        var latest = System.nanoTime() + OWED.toNanos();
        while (!node.isLogged(clinics)) {
            if (System.nanoTime() - latest > 0) {
                throw new IllegalStateException("The log does not keep pace: " + OWED
                        + " after the last commit there are entries that have no place in it");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        if (node.count(TenantDatabases.CORE, "audit", clinics) - entries != done.transactions()) {
            throw new IllegalStateException("Not each of " + done.transactions() + " transactions has its entry");
        }
        return done;
    }

    private static Done round(AuditedClinics node, Way way, List<Tenant> clinics) {
        var patients = node.count(AuditedClinics.PLUGIN, "patient", clinics);
        var done = round(way, clinics);
        var kept = node.count(AuditedClinics.PLUGIN, "patient", clinics) - patients;
        if (kept != done.transactions()) {
            throw new IllegalStateException(done.transactions() + " patients were answered for, and " + kept + " kept");
        }
        return done;
    }

    private static Done round(Way way, List<Tenant> clinics) {
        var begun = System.nanoTime();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var running = IntStream.range(0, CLIENTS).mapToObj(one -> clients.submit(() -> {
                var mine = 0L;
                while (System.nanoTime() - begun < ROUND.toNanos()) {
                    way.keep(clinics.get(ThreadLocalRandom.current().nextInt(clinics.size())), UUID.randomUUID());
                    mine++;
                }
                return mine;
            })).toList();
            var transactions = 0L;
            for (var client : running) {
                transactions += client.get();
            }
            return new Done(transactions, (System.nanoTime() - begun) / 1e9);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A patient could not be kept", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** As a plugin does it. */
    private static void audited(AuditedClinics node, Tenant clinic, UUID patient) {
        var id = patient.toString();
        node.binding()
                .call(clinic, ACTOR,
                        () -> node.binding()
                                .from(SOURCE, () -> node.audited()
                                        .inTransaction(AuditEntry.of(AuditAction.CREATE, "Patient", id).about(id),
                                                transaction -> insert(transaction.handle(), patient))));
    }

    private static void without(TenantDatabases databases, Tenant clinic, UUID patient) {
        inTransaction(databases, clinic, handle -> insert(handle, patient));
    }

    private static void chained(TenantDatabases databases, Tenant clinic, UUID patient) {
        inTransaction(databases, clinic, handle -> {
            insert(handle, patient);
            var last = handle.createQuery("select hash from chain_head for update").mapTo(byte[].class).one();
            var entry = "CREATE Patient " + patient + " by " + ACTOR.id() + " at " + Instant.now();
            var hash = Sha256.of(ByteBuffer.allocate(last.length + entry.length())
                    .put(last)
                    .put(entry.getBytes(StandardCharsets.US_ASCII))
                    .array());
            handle.createUpdate("insert into chain (entry, hash) values (:entry, :hash)")
                    .bind("entry", entry)
                    .bind("hash", hash)
                    .execute();
            handle.createUpdate("update chain_head set hash = :hash").bind("hash", hash).execute();
        });
    }

    private static void inTransaction(TenantDatabases databases, Tenant clinic, Consumer<Handle> work) {
        databases.open(clinic.id(), AuditedClinics.PLUGIN).useTransaction(handle -> {
            handle.execute(TenantDatabases.enter(clinic.id(), AuditedClinics.PLUGIN));
            work.accept(handle);
        });
    }

    private static int insert(Handle handle, UUID patient) {
        return handle.createUpdate("insert into patient (id, name, born) values (:id, :name, :born)")
                .bind("id", patient)
                .bind("name", "Kari Nordmann")
                .bind("born", BORN)
                .execute();
    }
}
