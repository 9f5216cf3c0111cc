// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.sluse.host.config.HostSettings;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.location.Location;
import org.sluse.host.location.Locations;
import org.sluse.id.Ids;

/** The nodes of this installation: who serves, and up to which revision each has everything in force. Rows of the control database; thread-safe. */
@OnePerNode
public final class Nodes {

    /** How often a node says that it is there while nothing changes. */
    static final Duration RENEWAL = Duration.ofSeconds(2);
    /** After this silence a node decides nothing any more: it may have confirmed once more after its last renewal, and that holds for a lease. */
    private static final Duration SILENCE = Gate.LEASE.plus(RENEWAL);
    /** For how long a node that went without a word is shown. */
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final ControlDatabase control;
    private final UUID self;
    private final String address;
    private final Location location;

    /**
     * A node.
     *
     * @param address where it is reached, as the operator set it
     * @param revision that it has in force, -1 before the first
     * @param seenAt when it last said so, by the clock of the database
     * @param serves whether its lease is not over
     */
    public record Node(UUID id, String address, Instant startedAt, long revision, Instant seenAt, boolean serves) {}

    @Inject
    Nodes(ControlDatabase control, HostSettings settings, Locations locations, Ids ids) {
        this.control = control;
        this.self = ids.next();
        this.address = settings.publicUrl().toString();
        this.location = locations.own();
    }

    /** The id of this node, new at each start. */
    public UUID self() {
        return self;
    }

    /** All of them, the longest serving first. */
    public List<Node> all() {
        return control.read(handle -> handle
                .createQuery(
                        """
                                select id, address, started_at, seen_revision, seen_at, seen_at > now() - :silence * interval '1 second' as serves
                                from node order by started_at, id""")
                .bind("silence", SILENCE.toSeconds())
                .map((row, context) -> new Node(row.getObject(1, UUID.class), row.getString(2),
                        row.getTimestamp(3).toInstant(), row.getLong(4), row.getTimestamp(5).toInstant(),
                        row.getBoolean(6)))
                .list());
    }

    /** Whether a node serves the location now. One of an earlier version does not say which is its own, and counts as none. */
    public boolean serve(Location location) {
        return serving(location) > 0;
    }

    /** How many nodes serve the location now, this one among them once it has said so. */
    public int serving(Location location) {
        return control.read(handle -> handle.createQuery("""
                select count(*) from node
                where location = :location and seen_at > now() - :silence * interval '1 second'""")
                .bind("location", location.id())
                .bind("silence", SILENCE.toSeconds())
                .mapTo(int.class)
                .one());
    }

    /** On how many nodes the revision is in force now. */
    public InForce inForce(long revision) {
        return control.read(handle -> handle.createQuery("""
                select count(*) filter (where seen_revision >= :revision), count(*)
                from node where seen_at > now() - :silence * interval '1 second'""")
                .bind("revision", revision)
                .bind("silence", SILENCE.toSeconds())
                .map((row, context) -> new InForce(row.getInt(1), row.getInt(2)))
                .one());
    }

    /** Waits until the revision is in force everywhere, or for the patience at most. @return how far it has come */
    public InForce await(long revision, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        var reached = inForce(revision);
        while (!reached.isEverywhere() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            reached = inForce(revision);
        }
        return reached;
    }

    /** This node has the revision in force, and is there. Written when it is news, or when the last word is {@link #RENEWAL} old. */
    void acknowledge(Handle handle, long revision) {
        handle.createUpdate(
                """
                        insert into node (id, address, location, started_at, seen_revision, seen_at) values (:id, :address, :location, now(), :revision, now())
                        on conflict (id) do update set seen_revision = :revision, seen_at = now()
                        where node.seen_revision <> :revision or node.seen_at < now() - :renewal * interval '1 second'""")
                .bind("id", self)
                .bind("address", address)
                .bind("location", location.id())
                .bind("revision", revision)
                .bind("renewal", RENEWAL.toSeconds())
                .execute();
    }

    /** Forgets nodes that have gone without a word. */
    void forget(Handle handle) {
        handle.createUpdate("delete from node where seen_at < now() - :memory * interval '1 second'")
                .bind("memory", MEMORY.toSeconds())
                .execute();
    }

    /** This node stops: nobody has to wait for it. */
    void leave(Handle handle) {
        handle.createUpdate("delete from node where id = :id").bind("id", self).execute();
    }
}
