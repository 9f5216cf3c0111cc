// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A recipient on this machine that does not behave. Hears HTTP/1.1, and answers what it is told to, byte for byte. Serves until it is closed. */
final class TestRecipient implements AutoCloseable {

    /** What it does once it has heard a whole request. */
    interface Manner {
        void answer(OutputStream to, InputStream more) throws IOException;
    }

    private final ServerSocket door;
    private final Manner manner;
    private final AtomicInteger connected = new AtomicInteger();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private TestRecipient(Manner manner, int port) {
        this.manner = manner;
        try {
            this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        Thread.ofVirtual().start(this::serve);
    }

    static TestRecipient who(Manner manner) {
        return new TestRecipient(manner, 0);
    }

    /** The address of a machine that is there, and on which nobody listens. */
    static URI nobody() {
        try (var once = who((to, more) -> {
        })) {
            return once.address();
        }
    }

    /** Says this, and hangs up. */
    static Manner saying(String answer) {
        return (to, more) -> to.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says nothing until the other side hangs up. */
    static Manner silent() {
        return (to, more) -> more.transferTo(OutputStream.nullOutputStream());
    }

    /** Says a header, and then bytes as long as somebody takes them. */
    static Manner flooding() {
        return (to, more) -> {
            to.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[".getBytes(StandardCharsets.US_ASCII));
            var zeros = "0,".repeat(32_768).getBytes(StandardCharsets.US_ASCII);
            for (var mebibytes = 0; mebibytes < 1024 * 16; mebibytes++) {
                to.write(zeros);
            }
        };
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** How many have connected. */
    int connected() {
        return connected.get();
    }

    /** Waits for the next request. @return its first line; null when none came in this time */
    @Nullable
    String hear(int seconds) {
        try {
            return heard.poll(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                connected.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var head = head(in);
            in.readNBytes(length(head));
            heard.add(head.lines().findFirst().orElse(""));
            manner.answer(socket.getOutputStream(), in);
        } catch (IOException hungUp) {
            // As the caller may do.
        }
    }

    /** Up to and with the empty line (RFC 9112, 2.1). */
    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }
}
