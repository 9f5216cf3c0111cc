// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a port of this machine that can become a black hole: connections stay open, and nothing comes through. */
final class Tunnel implements AutoCloseable {

    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean swallows;

    Tunnel(int exit) {
        this.exit = exit;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on nothing comes through, in either direction; new connections are taken. */
    void swallow() {
        swallows = true;
    }

    /** New connections come through again; those of before are cut. */
    void open() {
        swallows = false;
        cut();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var near = entrance.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), exit);
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            } catch (IOException closed) {
                cut();
            }
        }
    }

    private void carry(Socket from, Socket to) {
        var bytes = new byte[8192];
        try (from; to) {
            for (var count = from.getInputStream().read(bytes); count >= 0; count = from.getInputStream().read(bytes)) {
                if (!swallows) {
                    to.getOutputStream().write(bytes, 0, count);
                }
            }
        } catch (IOException cut) {
            sockets.remove(from);
        }
        sockets.remove(to);
    }

    private void cut() {
        sockets.forEach(socket -> {
            try {
                socket.close();
            } catch (IOException gone) {
                sockets.remove(socket);
            }
        });
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
        cut();
    }
}
