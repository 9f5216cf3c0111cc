// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.outgoing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;

/** A server that answers what a test says, in turn, and keeps what it was asked. An answer of status 0 is none: it hangs up. */
public final class Stranger implements AutoCloseable {

    private final HttpServer server;
    private final Queue<Said> answers = new ArrayDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    /** What it answers. */
    private record Said(int status, Map<String, String> headers, byte[] body) {}

    /** What it was asked. @param target path and query */
    public record Asked(String method, String target, Map<String, List<String>> headers, byte[] body) {

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    public Stranger() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()), exchange.getRequestBody().readAllBytes()));
            Said said;
            synchronized (answers) {
                said = answers.isEmpty()
                        ? new Said(418, Map.of(), "Nothing was said about this.".getBytes(StandardCharsets.UTF_8))
                        : answers.remove();
            }
            if (said.status() > 0) {
                said.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(said.status(), said.body().length == 0 ? -1 : said.body().length);
                exchange.getResponseBody().write(said.body());
            }
        }
    }

    public Stranger says(int status, Map<String, String> headers, byte[] body) {
        synchronized (answers) {
            answers.add(new Said(status, headers, body));
        }
        return this;
    }

    public Stranger says(int status, String body) {
        return says(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    public Stranger hangsUp() {
        return says(0, "");
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
