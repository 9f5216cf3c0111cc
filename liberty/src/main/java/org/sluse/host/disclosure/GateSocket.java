// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.sluse.host.disclosure.GateSocketFactory.Door;

/** A socket that looks plain and speaks TLS, through the gate. Options are those of the connection below. As thread-safe as {@link Socket}. */
final class GateSocket extends Socket {

    private final Socket plain = new Socket();
    private final Door door;
    private volatile @Nullable Conversation conversation;

    GateSocket(Door door) {
        this.door = door;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    /** By the name of the host; what a library has looked up for it is not used. */
    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        if (!(endpoint instanceof InetSocketAddress address)) {
            throw new IllegalArgumentException("This is no address of a host; right would be a name and a port");
        }
        if (conversation != null) {
            throw new SocketException("already connected");
        }
        conversation = door.open(plain, address.getHostString(), address.getPort(), timeoutMillis);
    }

    @Override
    public void bind(SocketAddress local) {
        // The system chooses where from.
    }

    private Conversation open() throws SocketException {
        var open = conversation;
        if (open == null) {
            throw new SocketException("Socket is not connected");
        }
        return open;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return open().in();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return open().out();
    }

    @Override
    public void close() throws IOException {
        var open = conversation;
        if (open == null) {
            plain.close();
        } else {
            open.close();
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        close();
    }

    /** TLS has one end, of both directions (RFC 8446, 6.1, as Java does it). */
    @Override
    public void shutdownOutput() throws IOException {
        close();
    }

    @Override
    public boolean isConnected() {
        return conversation != null;
    }

    @Override
    public boolean isBound() {
        return plain.isBound();
    }

    @Override
    public boolean isClosed() {
        return plain.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return plain.isClosed();
    }

    @Override
    public boolean isOutputShutdown() {
        return plain.isClosed();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return plain.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return plain.getLocalAddress();
    }

    @Override
    public int getPort() {
        return plain.getPort();
    }

    @Override
    public int getLocalPort() {
        return plain.getLocalPort();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return plain.getRemoteSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return plain.getLocalSocketAddress();
    }

    @Override
    public @Nullable SocketChannel getChannel() {
        return null;
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        plain.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return plain.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        plain.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return plain.getTcpNoDelay();
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        plain.setKeepAlive(on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return plain.getKeepAlive();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // Not taken: who breaks a conversation off must not wait for the other side.
    }

    /** Would go past TLS. */
    @Override
    public void sendUrgentData(int data) throws IOException {
        throw new SocketException("Urgent data is not sent: it would not be encrypted");
    }

    @Override
    public String toString() {
        return "GateSocket[" + plain + "]";
    }
}
