// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets of the gate. Thread-safe. */
final class GateSocketFactory extends SocketFactory {

    private final Door door;

    /** Where a socket asks to be connected. */
    interface Door {

        /** @param plain not connected @param timeoutMillis 0 for none of its own */
        Conversation open(Socket plain, String host, int port, int timeoutMillis) throws IOException;
    }

    GateSocketFactory(Door door) {
        this.door = door;
    }

    @Override
    public Socket createSocket() {
        return new GateSocket(door);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        var socket = new GateSocket(door);
        socket.connect(InetSocketAddress.createUnresolved(host, port));
        return socket;
    }

    /** From whatever local address the system chooses. */
    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        var socket = new GateSocket(door);
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }
}
