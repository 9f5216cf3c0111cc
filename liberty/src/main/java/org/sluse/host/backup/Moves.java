// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.gate.Nodes;
import org.sluse.host.location.Location;
import org.sluse.host.location.Locations;
import org.sluse.host.look.Look;
import org.sluse.host.paper.Paper;
import org.sluse.host.paper.PlacePolicies;
import org.sluse.host.register.Register;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * Brings clinics from this node's location to another one. A clinic is whole at one of the two at every moment: at the old one until it is switched, in one transaction of the control database, and at the new one
 * from then on. What a node that died has left is put right by the next one that looks: undone before the switch, finished after it. Thread-safe; blocks for as long as the data needs.
 */
@OnePerNode
public final class Moves {

    private static final Logger LOG = Logger.getLogger(Moves.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    /** Longer than a node decides anything without having heard of it. */
    private static final Duration UNTIL_EVERY_NODE_KNOWS = Duration.ofSeconds(15);
    /** For a database to be dropped at the other cluster; one that is out of reach keeps no other clinic from being put right. */
    private static final Duration PATIENCE_WITH_ANOTHER = Duration.ofSeconds(30);

    private final Look look = new Look("moves");
    private final ControlDatabase control;
    private final TenantDatabases databases;
    private final Locations locations;
    private final PlacePolicies policies;
    private final Backups backups;
    private final Carrier carrier;
    private final Installation installation;
    private final Path onTheWay;
    private final Clock clock;

    /**
     * A move, done or to be done.
     *
     * @param from id of the location where the clinic was
     * @param to id of the location where it is then
     * @param rows that were compared; 0 before it is done
     * @param bytes of the database where it was
     * @param millis for which nobody served the clinic; 0 before it is done
     */
    public record Move(String tenant, String from, String to, long rows, long bytes, long millis, boolean done) {}

    /** Brings what was copied up in the databases there, and proves that it is the same. */
    interface Carrier {
        Manifest carry(Place place, TenantId clinic, String id, TenantDatabases there);
    }

    /** The rest of the installation, as a move sees it. */
    interface Installation {
        /** Whether a node of the location serves now. */
        boolean serves(Location location);

        /** Returns when every node has the revision in force, or decides nothing any more. */
        void await(long revision);

        /** The clinic's register says all there is to say. */
        void bringRegisterUpToDate();

        /** The clinic's register has its new place; takes the transaction's revision. */
        void place(Handle handle, TenantId clinic, String location);
    }

    /** A row of {@code move}: by clinic, target and moment it is this move and no later one. */
    private record Begun(TenantId clinic, String target, Instant at) {}

    /** What became of it. @param away whether the clinic is switched, and at another location than this one */
    private record Found(Begun move, boolean switched, boolean away) {}

    @Inject
    Moves(ControlDatabase control, TenantDatabases databases, Locations locations, PlacePolicies policies,
            Backups backups, Restorations restorations, Register register, Nodes nodes, HostSettings host,
            Clock clock) {
        this(control, databases, locations, policies, backups,
                (place, clinic, id, there) -> restorations.at(there).bring(place, clinic, id),
                new Installation() {
                    @Override
                    public boolean serves(Location location) {
                        return nodes.serve(location);
                    }

                    @Override
                    public void await(long revision) {
                        nodes.await(revision, UNTIL_EVERY_NODE_KNOWS);
                    }

                    @Override
                    public void bringRegisterUpToDate() {
                        register.bringUpToDate();
                    }

                    @Override
                    public void place(Handle handle, TenantId clinic, String location) {
                        register.place(handle, clinic, location);
                    }
                }, host.dataDirectory().resolve("moving"), clock);
    }

    /** @param onTheWay has a folder for each clinic, with what is copied, sealed, until it is there */
    Moves(ControlDatabase control, TenantDatabases databases, Locations locations, PlacePolicies policies,
            Backups backups, Carrier carrier, Installation installation, Path onTheWay, Clock clock) {
        this.control = control;
        this.databases = databases;
        this.locations = locations;
        this.policies = policies;
        this.backups = backups;
        this.carrier = carrier;
        this.installation = installation;
        this.onTheWay = onTheWay;
        this.clock = clock;
    }

    /** Puts right, from now on, what a node of this location has left. */
    public void start() {
        look.every(BETWEEN_LOOKS, this::putRight);
    }

    /** On each node of a location that a clinic leaves or comes to: its database may be another one by now, with other tables and keys. */
    void changed(@Observes GateKeeper.Placed change) {
        databases.forget(change.clinic());
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    /**
     * What a move would do; changes nothing.
     *
     * @param policy what the clinic has in writing of the new place, where it needs that
     * @throws ProblemException as {@link #move}
     */
    public Move plan(TenantId clinic, String to, Optional<Paper.Terms> policy) {
        var target = target(clinic, to);
        policies.require(locations.placement(target), clinic, policy);
        return new Move(clinic.value(), locations.own().id(), target.id(), 0, databases.size(clinic), 0, false);
    }

    /**
     * Moves the bound clinic: drain, copy, compare, switch, drop the old database. Answers when the clinic is at the new location.
     *
     * @param policy what the clinic has in writing of the new place, where it needs that
     * @throws ProblemException {@code problem/not-allowed-value} for a location or a policy that is none, {@code problem/conflict} when the clinic cannot be moved; it is served where it was then
     */
    public Move move(TenantId clinic, String to, Optional<Paper.Terms> policy) {
        var target = target(clinic, to);
        policies.require(locations.placement(target), clinic, policy);
        try (var _ = hold(clinic)
                .orElseThrow(() -> conflict("The clinic '" + clinic + "' is being moved already", null))) {
            installation.bringRegisterUpToDate();
            var bytes = databases.size(clinic);
            var begun = System.nanoTime();
            // As PostgreSQL keeps it, so that the row is found by it again.
            var move = new Begun(clinic, target.id(), clock.instant().truncatedTo(ChronoUnit.MICROS));
            long rows;
            try {
                drain(move);
                rows = carry(clinic, target);
                switchOver(move, target, policy);
            } catch (RuntimeException failed) {
                LOG.log(Level.SEVERE, "clinic-not-moved tenant=" + clinic + " cause="
                        + (failed instanceof BackupRefusedException
                                ? failed.getMessage()
                                : failed.getClass().getName()));
                putRight(clinic);
                throw failed instanceof BackupRefusedException
                        ? conflict("The clinic '" + clinic + "' was not moved. " + failed.getMessage(), failed)
                        : failed;
            }
            var millis = (System.nanoTime() - begun) / 1_000_000;
            LOG.info("clinic-moved tenant=" + clinic + " from=" + locations.own().id() + " to=" + target.id()
                    + " rows=" + rows + " millis=" + millis);
            putRight(clinic);
            return new Move(clinic.value(), locations.own().id(), target.id(), rows, bytes, millis, true);
        }
    }

    private Location target(TenantId clinic, String to) {
        var target = locations.require(to);
        if (target.equals(locations.own())) {
            throw ProblemException.notAllowed("/location", "location",
                    "The clinic '" + clinic + "' is in " + target.name() + " already; right would be another location");
        }
        if (!installation.serves(target)) {
            throw conflict("No node of " + target.name() + " serves now, and nobody could use the clinic '" + clinic
                    + "' there; right would be to start one first, with sluse.location=" + target.id(), null);
        }
        if (liesIn(target, clinic)) {
            throw conflict("A database of clinic '" + clinic + "' lies in " + target.name()
                    + " already, of a move that was cut off or of another installation; right would be to look at it and drop it",
                    null);
        }
        return target;
    }

    private boolean liesIn(Location target, TenantId clinic) {
        try {
            return databases.at(target).exists(clinic);
        } catch (ConnectionException unreachable) {
            throw conflict("The PostgreSQL of " + target.name() + " does not answer; right would be sluse.location."
                    + target.id() + ".postgres.url and a login that this node reaches it with", unreachable);
        }
    }

    private static ProblemException conflict(String why, @Nullable Throwable cause) {
        var problem = new ProblemException(Problem.CONFLICT, why);
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }

    private Optional<ControlDatabase.Hold> hold(TenantId clinic) {
        return control.hold("move " + clinic);
    }

    /** No node serves the clinic when this returns, and nobody but the administrator reaches its database. */
    private void drain(Begun move) {
        var clinic = move.clinic();
        var revision = new AtomicLong();
        control.inTransaction(Act.of("START", "Move", clinic + "/" + move.target()).at(clinic), handle -> {
            handle.createUpdate(
                    "insert into move (tenant, source, target, begun_at) values (:tenant, :source, :target, :at)")
                    .bind("tenant", clinic.value())
                    .bind("source", locations.own().id())
                    .bind("target", move.target())
                    .bind("at", move.at())
                    .execute();
            revision.set(ControlDatabase.nextRevision(handle));
        });
        installation.await(revision.get());
        databases.bar(clinic);
    }

    /** @return how many rows are there and were compared */
    private long carry(TenantId clinic, Location target) {
        var folder = folder(clinic);
        var place = new FolderPlace(folder);
        try {
            clear(folder);
            Files.createDirectories(folder);
            var copied = backups.onItsWay(clinic, place);
            return carrier.carry(place, clinic, copied.id(), databases.at(target)).contents().rows();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } finally {
            clear(folder);
        }
    }

    private Path folder(TenantId clinic) {
        return onTheWay.resolve(clinic.value());
    }

    /** What was on its way is sealed under a key that is in the same folder; it is removed all the same. */
    private static void clear(Path folder) {
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException | UncheckedIOException left) {
                LOG.log(Level.SEVERE, "copy-not-removed folder=" + folder + " cause=" + left.getMessage());
            }
        }
    }

    private void switchOver(Begun move, Location target, Optional<Paper.Terms> policy) {
        var clinic = move.clinic();
        control.inTransaction(Act.of("CHANGE", "Location", clinic + "/" + target.id()).toldTo(clinic), handle -> {
            // Whoever was out of reach for a while holds the clinic no more, and another node may have undone the move.
            if (of(handle, move, "update move set switched = true where not switched and ") != 1) {
                throw conflict(
                        "The move of clinic '" + clinic
                                + "' has been undone meanwhile; right would be to move it again",
                        null);
            }
            handle.createUpdate("update tenant set location = :location where id = :tenant")
                    .bind("location", target.name())
                    .bind("tenant", clinic.value())
                    .execute();
            // The last good one is of another place.
            handle.createUpdate("delete from backup where tenant = :tenant").bind("tenant", clinic.value()).execute();
            // Once more: one that held when the move began may have ended.
            policies.require(locations.placement(target), clinic, policy).file(handle, clinic);
            installation.place(handle, clinic, target.name());
        });
    }

    /** @param begin of a statement on rows of {@code move}, up to what says which */
    private int of(Handle handle, Begun move, String begin) {
        return handle
                .createUpdate(begin + "tenant = :tenant and source = :own and target = :target and begun_at = :at")
                .bind("tenant", move.clinic().value())
                .bind("own", locations.own().id())
                .bind("target", move.target())
                .bind("at", move.at())
                .execute();
    }

    /** What nodes of this location that died have left. */
    void putRight() {
        Stream.concat(begun().stream(), copied()).distinct().forEach(clinic -> hold(clinic).ifPresent(held -> {
            try (held) {
                putRight(clinic);
            }
        }));
    }

    private List<TenantId> begun() {
        return control.read(handle -> handle.createQuery("select tenant from move where source = :own")
                .bind("own", locations.own().id())
                .map((row, context) -> new TenantId(row.getString(1)))
                .list());
    }

    /** Clinics of which this node has a copy on its disk. */
    private Stream<TenantId> copied() {
        var names = Optional.ofNullable(onTheWay.toFile().list()).orElse(new String[0]);
        return Arrays.stream(names).filter(TenantId::isValid).map(TenantId::new);
    }

    /**
     * Of a clinic that the caller holds: finishes a move that was switched, and otherwise undoes it. Which it is, is read now: what was known before the clinic was held
     * may be of a move that is over, and the clinic back here.
     */
    private void putRight(TenantId clinic) {
        clear(folder(clinic));
        // Without a row, another node has undone it, maybe before this one has barred the clinic.
        found(clinic).ifPresentOrElse(this::putRight, () -> databases.unbar(clinic));
    }

    private void putRight(Found found) {
        if (found.switched()) {
            dropOld(found);
        } else {
            undo(found.move());
        }
    }

    private Optional<Found> found(TenantId clinic) {
        return control.read(handle -> handle
                .createQuery("""
                        select target, begun_at, switched, location
                        from move join tenant on id = tenant where tenant = :tenant and source = :own""")
                .bind("tenant", clinic.value())
                .bind("own", locations.own().id())
                .map((row, context) -> new Found(
                        new Begun(clinic, row.getString(1), row.getTimestamp(2).toInstant()), row.getBoolean(3),
                        !locations.own().is(row.getString(4))))
                .findOne());
    }

    private void dropOld(Found found) {
        var clinic = found.move().clinic();
        try {
            if (found.away()) {
                databases.drop(clinic);
            } else {
                LOG.log(Level.SEVERE, "old-database-kept tenant={0} cause=clinic-is-here", clinic);
            }
            control.inTransaction(Act.of("SETTLE", "Move", clinic.value()).at(clinic),
                    handle -> of(handle, found.move(), "delete from move where switched and "));
        } catch (RuntimeException failed) {
            // Looked at again in ten seconds: the clinic is served, and its old database is still there.
            LOG.log(Level.SEVERE, "old-database-not-dropped tenant={0} cause={1}",
                    new Object[]{clinic, failed.getClass().getName()});
        }
    }

    private void undo(Begun move) {
        // First, so that no crash leaves a clinic that is served and not reached; harmless where it was switched after all.
        databases.unbar(move.clinic());
        var undone = new AtomicBoolean();
        control.inTransaction(Act.of("ROLL_BACK", "Move", move.clinic().value()).at(move.clinic()), handle -> {
            // Waits for a switch whose outcome nobody here has heard of.
            undone.set(of(handle, move, "delete from move where not switched and ") == 1);
            if (undone.get()) {
                ControlDatabase.nextRevision(handle);
            }
        });
        if (undone.get()) {
            // The clinic is served again by now: the other cluster may be out of reach.
            locations.find(move.target()).ifPresent(target -> dropNew(move.clinic(), target));
        }
    }

    private void dropNew(TenantId clinic, Location target) {
        try {
            databases.at(target).drop(clinic, PATIENCE_WITH_ANOTHER);
        } catch (RuntimeException left) {
            // A further move says what lies there.
            LOG.log(Level.SEVERE, "database-not-dropped tenant={0} location={1} cause={2}",
                    new Object[]{clinic, target.id(), left.getClass().getName()});
        }
    }
}
