// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.sql.DataSource;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.AUTH;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.JDBC_PING2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.NAKACK4;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST4;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.util.DefaultSocketFactory;

/**
 * A JGroups channel to the other nodes, open from its making to {@link #close}. They find each other by a table of the control database, speak TLS 1.3 with a certificate on both sides, and show a token when they join.
 * A node that dies is out within two seconds, one that hangs within {@value #SILENCE_MILLIS} ms and one second more. Thread-safe.
 */
final class Group implements AutoCloseable {

    /** A node from which nothing was heard for so long is asked whether it lives, and is out when it does not answer within a second. Shorter ones cut nodes that are merely busy. */
    private static final long SILENCE_MILLIS = 2000;
    private static final long BETWEEN_BEATS_MILLIS = 500;
    private static final long TO_ANSWER_MILLIS = 1000;
    private static final long JOIN_MILLIS = 2000;
    /** The first may ask somebody who is in the table and dead. */
    private static final int MOST_JOINS = 3;
    private static final long MERGE_MILLIS = 1000;
    private static final int CONNECT_MILLIS = 1000;
    private static final int HANDSHAKE_MILLIS = 4000;
    private static final int FRAGMENT_BYTES = 60_000;

    private final JChannel channel;
    private final UUID self;
    private volatile List<UUID> members = List.of();

    /**
     * What there is to be told of. Called on threads of JGroups: nothing here blocks.
     *
     * @param changed other nodes are members now; whether two groups of them have become one
     * @param received bytes of a member; those of one member come in the order in which they were sent
     */
    record Listener(Consumer<Boolean> changed, BiConsumer<UUID, byte[]> received) {}

    /**
     * Opens the channel and joins; blocks for some seconds where those in the table do not answer.
     *
     * @param name of the group; who has another one is in another group
     * @param table of the control database
     * @throws UnusableClusterException when there is something for the operator to mend
     */
    Group(String name, ClusterSettings settings, ClusterKeys keys, DataSource table, Listener listener) {
        try {
            channel = new JChannel(transport(settings, keys.tls()), members(table),
                    new MERGE3().setMinInterval(MERGE_MILLIS).setMaxInterval(2 * MERGE_MILLIS),
                    new FD_ALL3().setTimeout(SILENCE_MILLIS).setInterval(BETWEEN_BEATS_MILLIS),
                    new VERIFY_SUSPECT2().setTimeout(TO_ANSWER_MILLIS), new NAKACK4(), new UNICAST4(),
                    new AUTH().setAuthToken(keys.token()).setAuthCoord(true), membership(), new UFC(),
                    new FRAG4().setFragSize(FRAGMENT_BYTES));
            channel.setDiscardOwnMessages(true);
            channel.setReceiver(new Receiver() {
                @Override
                public void viewAccepted(View view) {
                    members = view.getMembers().stream().map(Group::id).toList();
                    listener.changed().accept(view instanceof MergeView);
                }

                @Override
                public void receive(Message message) {
                    byte[] bytes = message.getObject();
                    listener.received().accept(id(message.getSrc()), bytes);
                }
            });
        } catch (Exception unusable) {
            throw new IllegalStateException("JGroups cannot be set up", unusable);
        }
        try {
            channel.connect(name);
            self = id(channel.getAddress());
        } catch (Exception cannotJoin) {
            channel.close();
            throw UnusableClusterException.of(settings, cannotJoin);
        }
    }

    private static TCP transport(ClusterSettings settings, SSLContext tls) {
        var transport = new TCP();
        transport.setBindAddress(settings.literal())
                .setBindPort(settings.port())
                .setPortRange(ClusterSettings.PORTS - 1)
                .useVirtualThreads(true);
        transport.setSockConnTimeout(CONNECT_MILLIS);
        // A process that ends closes its connections, which is sooner than any silence.
        transport.enableSuspectEvents(true);
        // A node that hangs takes connections and never answers the handshake: whoever sends to it waits alone, and not for ever.
        transport.setBundler(new PerDestinationBundler().useSingleSenderThread(false));
        var sockets = new DefaultSocketFactory(tls);
        sockets.setSocketConfigurator(Group::limitHandshake);
        sockets.setServerSocketConfigurator(socket -> ((SSLServerSocket) socket).setNeedClientAuth(true));
        transport.setSocketFactory(sockets);
        return transport;
    }

    /** Once it is connected, somebody beats twice a second, so that the limit is met by nobody who lives. */
    private static void limitHandshake(Socket socket) {
        try {
            socket.setSoTimeout(HANDSHAKE_MILLIS);
        } catch (SocketException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private static JDBC_PING2 members(DataSource table) {
        var discovery = new JDBC_PING2().setDataSource(table)
                .setInitializeSql(null)
                .setInsertSingleSql(
                        "insert into cluster_member (address, name, cluster, ip, coord) values (?, ?, ?, ?, ?)")
                .setDeleteSingleSql("delete from cluster_member where address = ?")
                .setClearSql("delete from cluster_member where cluster = ?")
                .setSelectAllPingdataSql("select address, name, ip, coord from cluster_member where cluster = ?");
        discovery.removeAllDataOnViewChange(true).registerShutdownHook(false);
        return discovery;
    }

    private static GMS membership() {
        var membership = new GMS();
        membership.setJoinTimeout(JOIN_MILLIS).setMaxJoinAttempts(MOST_JOINS).printLocalAddress(false);
        return membership;
    }

    private static UUID id(org.jgroups.Address address) {
        var id = (org.jgroups.util.UUID) address;
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** This node; another id each time that it joins. */
    UUID self() {
        return self;
    }

    /** This node is one of them. */
    List<UUID> members() {
        return members;
    }

    /** Sends; may block for as long as the member takes nothing. @throws IllegalStateException when the channel is closed */
    void send(UUID member, byte[] bytes) {
        try {
            channel.send(new BytesMessage(new org.jgroups.util.UUID(member.getMostSignificantBits(),
                    member.getLeastSignificantBits()), bytes));
        } catch (Exception gone) {
            throw new IllegalStateException("Nothing can be sent to node '" + member + "'", gone);
        }
    }

    /** Leaves the others, and tells nobody of it. */
    @Override
    public void close() {
        channel.setReceiver(null);
        channel.close();
    }
}
