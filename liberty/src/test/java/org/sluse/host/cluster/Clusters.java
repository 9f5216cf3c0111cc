// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.control.ControlDatabases;
import org.sluse.host.gate.GateKeeper;
import org.sluse.host.key.Vault;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.testkit.ManualClock;

/** Nodes without a server, for tests of other packages too: real channels with TLS over loopback, which find each other by the real control database. */
public final class Clusters {

    private static final ControlDatabase CONTROL = ControlDatabases.running(new ManualClock());
    private static final ClusterSettings LOOPBACK = new ClusterSettings("127.0.0.1", 27_800);

    private Clusters() {}

    /** A node that knows of no other. */
    public static Cluster alone() {
        return new Cluster(listener -> {
            throw new AssertionError("There is nobody to join");
        }, () -> 1, () -> true);
    }

    /** A node of the group, by the key of all tests. */
    public static Cluster joined(String group) {
        var node = node(group, RunningCluster.VAULT);
        node.look();
        return node;
    }

    static Cluster node(String group, Vault vault) {
        return new Cluster(listener -> group(group, vault, listener), () -> 2, () -> true);
    }

    static Group group(String group, Vault vault, Group.Listener listener) {
        return new Group(group, LOOPBACK, new ClusterKeys(vault), CONTROL.source(), listener);
    }

    static DataSource table() {
        return CONTROL.source();
    }

    /** The node cannot confirm what is in force, as when its way to the control database is cut. */
    public static void lapse(Cluster node) {
        node.lapsed(new GateKeeper.Lapsed());
    }

    /** It can again. */
    public static void look(Cluster node) {
        node.look();
    }

    /** The node stops. */
    public static void leave(Cluster node) {
        node.stop(Path.of(""));
    }
}
