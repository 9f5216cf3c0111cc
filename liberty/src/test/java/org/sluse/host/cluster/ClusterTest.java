// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.host.key.Vaults;
import org.sluse.host.postgres.RunningCluster;
import org.sluse.it.Await;
import org.sluse.tenant.TenantId;

/** Nodes on one machine, by real channels. */
class ClusterTest {

    private static final List<TenantId> CLINICS = IntStream.range(0, 40)
            .mapToObj(number -> new TenantId("clinic-" + number))
            .toList();

    private final List<Cluster> nodes = new ArrayList<>();

    /** What a node was told. */
    private static final class Told implements Members.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();

        @Override
        public void changed(boolean merged) {
            changes.add(true);
        }

        @Override
        public void received(UUID from, byte[] bytes) {
            heard.add(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void leave() {
        nodes.forEach(Clusters::leave);
    }

    @Test
    void a_node_that_knows_of_no_other_is_the_home_of_every_clinic() {
        assertThat(CLINICS).allSatisfy(clinic -> assertThat(Clusters.alone().home(clinic)).isEmpty());
    }

    @Test
    void each_clinic_has_one_home_and_both_know_it() {
        var one = node("homes");
        var two = node("homes");
        Await.until("they know each other", 10, TimeUnit.SECONDS, () -> one.connected() + two.connected() == 2);

        assertThat(CLINICS)
                .allSatisfy(clinic -> assertThat(one.home(clinic).isEmpty()).isNotEqualTo(two.home(clinic).isEmpty()));
        assertThat(CLINICS).anySatisfy(clinic -> assertThat(one.home(clinic)).isPresent())
                .anySatisfy(clinic -> assertThat(two.home(clinic)).isPresent());
    }

    @Test
    void what_one_sends_the_other_receives_whole_and_in_order() throws InterruptedException {
        var one = node("sends");
        var two = node("sends");
        var told = new Told();
        two.listen(told);
        Await.until("they know each other", 10, TimeUnit.SECONDS, () -> one.connected() + two.connected() == 2);
        var to = CLINICS.stream().flatMap(clinic -> one.home(clinic).stream()).findFirst().orElseThrow();
        var large = "ø".repeat(200_000);

        one.send(to, bytes("first"));
        one.send(to, bytes(large));
        one.send(to, bytes("last"));

        assertThat(told.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(told.heard.poll(10, TimeUnit.SECONDS)).isEqualTo(large);
        assertThat(told.heard.poll(10, TimeUnit.SECONDS)).isEqualTo("last");
    }

    @Test
    void when_a_node_leaves_the_other_is_told_and_is_home_to_all() throws InterruptedException {
        var one = node("leaves");
        var two = node("leaves");
        Await.until("they know each other", 10, TimeUnit.SECONDS, () -> one.connected() + two.connected() == 2);
        var gone = CLINICS.stream().flatMap(clinic -> one.home(clinic).stream()).findFirst().orElseThrow();
        var told = new Told();
        one.listen(told);

        Clusters.leave(two);

        assertThat(told.changes.poll(10, TimeUnit.SECONDS)).isTrue();
        assertThat(CLINICS).allSatisfy(clinic -> assertThat(one.home(clinic)).isEmpty());
        assertThat(one.isThere(gone)).isFalse();
        assertThatThrownBy(() -> one.send(gone, bytes("too late")))
                .hasMessage("Node '" + gone + "' is not there any more");
    }

    @Test
    void who_has_another_root_key_is_not_let_in(@TempDir Path folder) {
        var one = node("keys");
        var stranger = Clusters.node("keys", Vaults.in(folder));
        nodes.add(stranger);

        stranger.look();

        assertThat(one.connected()).isZero();
        assertThat(stranger.connected()).isZero();
    }

    @Test
    void nobody_speaks_with_a_node_without_its_certificate() throws Exception {
        var keys = new ClusterKeys(RunningCluster.VAULT);
        try (var server = keys.tls()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server));
            var plain = SSLContext.getDefault().getSocketFactory();

            try (var stranger = (SSLSocket) plain.createSocket(server.getInetAddress(), server.getLocalPort())) {
                assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLException.class);
            }
            try (var node = (SSLSocket) keys.tls()
                    .getSocketFactory()
                    .createSocket(server.getInetAddress(), server.getLocalPort())) {
                node.startHandshake();
                assertThat(node.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
        }
    }

    private static void answer(ServerSocket server) {
        for (var count = 0; count < 2; count++) {
            try (Socket socket = server.accept()) {
                ((SSLSocket) socket).startHandshake();
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    @Test
    void a_node_that_knows_of_another_and_does_not_hear_it_says_so_after_a_while() {
        var lonely = node("lonely");

        assertThat(lonely.alarm()).isEmpty();
        IntStream.range(0, 20).forEach(look -> lonely.look());

        assertThat(lonely.alarm()).hasValueSatisfying(alarm -> assertThat(alarm)
                .startsWith("Another node serves this location, and does not hear this one; right would be"));
    }

    @Test
    void an_address_that_this_machine_does_not_have_is_named() {
        var nowhere = new Cluster(
                listener -> new Group("nowhere", new ClusterSettings("192.0.2.7", 7800),
                        new ClusterKeys(RunningCluster.VAULT), Clusters.table(), listener),
                () -> 2, () -> true);

        nowhere.look();

        assertThat(nowhere.alarm()).isEqualTo(Optional.of("This machine cannot listen at sluse.cluster.address and the "
                + "10 ports from sluse.cluster.port on (7800); right would be one of its own addresses and a free port"));
    }

    private Cluster node(String group) {
        var node = Clusters.joined(group);
        nodes.add(node);
        return node;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
