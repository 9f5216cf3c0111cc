// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;

/** A real TLS server on this machine with a certificate for {@code mail.example}, and who trusts it. */
public final class TestTls implements AutoCloseable {

    private static final String PASSWORD = "changeit";
    private static final Path STORE = keyStore("mail.example");

    private final SSLServerSocket server;

    /** What the server does with one who has connected. */
    public interface Talk {

        /** @param socket closed afterwards */
        void with(Socket socket) throws IOException;
    }

    /** Every name leads to this machine. */
    private static final class NamesOfThisMachine extends SystemDefaultDnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[]{InetAddress.getByAddress(host, new byte[]{127, 0, 0, 1})};
        }
    }

    /** @param protocols that the server speaks; none for what Java speaks */
    public TestTls(Talk talk, String... protocols) {
        try {
            server = (SSLServerSocket) context().getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            if (protocols.length > 0) {
                server.setEnabledProtocols(protocols);
            }
            Thread.ofVirtual().start(() -> serve(talk));
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** A PKCS #12 file with its certificate, of password {@code changeit}. */
    public static Path store() {
        return STORE;
    }

    /** Trusts the server, whose every name leads to this machine. */
    public static PinnedTls pinned(boolean privateAllowed) {
        return new PinnedTls(new AddressPolicy(privateAllowed), new NamesOfThisMachine(), context());
    }

    /** Trusts what Java trusts, and so not the server. */
    static PinnedTls distrusting() {
        return new PinnedTls(new AddressPolicy(true), new NamesOfThisMachine(), SSLContexts.createDefault());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }

    private void serve(Talk talk) {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        talk.with(socket);
                    } catch (IOException gone) {
                        // Whoever has connected did not want to talk: what many tests are about.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static SSLContext context() {
        try (var file = Files.newInputStream(STORE)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", keys.getCertificate("server"));
            var others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            others.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), others.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    private static Path keyStore(String host) {
        try {
            var store = Files.createTempDirectory("tls").resolve("server.p12");
            var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var made = new ProcessBuilder(List.of(keytool, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname",
                    "CN=" + host, "-ext", "san=dns:" + host + ",dns:localhost", "-validity", "30", "-keystore",
                    store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD)).inheritIO().start().waitFor();
            if (made != 0) {
                throw new IllegalStateException("keytool made no certificate (exit " + made + ")");
            }
            return store;
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
