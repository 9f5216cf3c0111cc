// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One disclosure through a socket, from its connection to its end, which comes once: closed by the plugin, or broken off by us. Thread-safe. */
final class Conversation {

    private final Socket plain;
    private final ObjIntConsumer<String> ledger;
    private final List<Runnable> afterwards = new ArrayList<>();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean brokenOff;
    private volatile @Nullable SSLSocket tls;

    /**
     * @param plain what is connected; closing it breaks everything off
     * @param ledger told once how it ended, and how many bytes left
     */
    Conversation(Socket plain, ObjIntConsumer<String> ledger) {
        this.plain = plain;
        this.ledger = ledger;
    }

    /** Does this, too, when it is over. */
    synchronized void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** It is connected. @throws IOException when it was broken off meanwhile */
    void begin(SSLSocket connected) throws IOException {
        tls = connected;
        if (brokenOff) {
            throw new IOException("The connection was broken off");
        }
    }

    /** Whether it was not the plugin that ended it. */
    boolean isBrokenOff() {
        return brokenOff;
    }

    InputStream in() throws IOException {
        return connected().getInputStream();
    }

    /** Counts what is written. */
    OutputStream out() throws IOException {
        return new FilterOutputStream(connected().getOutputStream()) {
            @Override
            public void write(int one) throws IOException {
                bytes.incrementAndGet();
                out.write(one);
            }

            @Override
            public void write(byte[] buffer, int from, int length) throws IOException {
                // Before and not after: of what fails half-way, some may have left.
                bytes.addAndGet(length);
                out.write(buffer, from, length);
            }

            @Override
            public void close() throws IOException {
                Conversation.this.close();
            }
        };
    }

    private SSLSocket connected() throws IOException {
        var socket = tls;
        if (socket == null) {
            throw new IOException("The socket is not connected");
        }
        return socket;
    }

    /** The plugin has said all. */
    void close() throws IOException {
        var socket = tls;
        try {
            if (socket != null) {
                socket.close();
            }
        } finally {
            plain.close();
            end(true);
        }
    }

    /** Ends it at once, from any thread, without waiting for anything. */
    void breakOff() {
        brokenOff = true;
        closeQuietly();
        // The ledger is a database, and whoever breaks off waits for nobody.
        if (tls != null) {
            Thread.ofVirtual().name("broken-off").start(() -> end(true));
        }
    }

    /** It did not come to a conversation, and whoever began it writes that down. */
    void abandon() {
        closeQuietly();
        end(false);
    }

    private void closeQuietly() {
        try {
            plain.close();
        } catch (IOException closedAlready) {
            // It is not to be used any more, whatever the system says of its end.
        }
    }

    private void end(boolean written) {
        if (over.compareAndSet(false, true)) {
            List<Runnable> actions;
            synchronized (this) {
                actions = List.copyOf(afterwards);
            }
            actions.forEach(Runnable::run);
            if (written) {
                ledger.accept(brokenOff ? "NO_ANSWER" : "CLOSED", bytes.get());
            }
        }
    }
}
