// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Stands between the server and somebody outside, hands every byte on, and keeps a copy of those that left. */
final class Relay implements AutoCloseable {

    private final ServerSocket listening;
    private final URI to;
    private final ByteArrayOutputStream left = new ByteArrayOutputStream();

    private Relay(ServerSocket listening, URI to) {
        this.listening = listening;
        this.to = to;
    }

    /** @param to where the receiver really is: scheme http, host and port */
    static Relay to(URI to) {
        try {
            var relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), to);
            Thread.ofVirtual().start(relay::accept);
            return relay;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** The same address, by way of this relay. */
    URI instead() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + to.getRawPath());
    }

    /** Every byte that has left so far, each as one character. */
    String left() {
        synchronized (left) {
            return left.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept() {
        try {
            while (true) {
                var inside = listening.accept();
                var outside = new java.net.Socket(to.getHost(), to.getPort());
                Thread.ofVirtual().start(() -> copy(inside, outside, true));
                Thread.ofVirtual().start(() -> copy(outside, inside, false));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void copy(java.net.Socket from, java.net.Socket into, boolean leaving) {
        try (from; into) {
            copy(from.getInputStream(), into.getOutputStream(), leaving);
        } catch (IOException ended) {
            // Either side may end the connection at any time.
        }
    }

    private void copy(InputStream in, OutputStream out, boolean leaving) throws IOException {
        var buffer = new byte[8192];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (leaving) {
                synchronized (left) {
                    left.write(buffer, 0, read);
                }
            }
            out.write(buffer, 0, read);
            out.flush();
        }
    }
}
