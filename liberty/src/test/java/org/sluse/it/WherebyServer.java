// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.sluse.video.provider.whereby.WherebyStandIn;

/** The stand-in for Whereby on a port of this machine: its interface below {@code /v1}, and the pages of its rooms. */
final class WherebyServer implements AutoCloseable {

    final WherebyStandIn standIn;
    private final HttpServer server;

    /** @param key of the account */
    WherebyServer(String key) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        standIn = new WherebyStandIn(key, site());
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where the clinic's rooms are. */
    URI site() {
        // Another host than ours, whose cookies would go to any port of it.
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(each -> each.getKey().toLowerCase(Locale.ROOT),
                            each -> String.join(", ", each.getValue())));
            var reply = standIn.answer(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            var body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
