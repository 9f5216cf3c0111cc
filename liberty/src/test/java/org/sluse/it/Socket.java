// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A socket as a page opens it, seen from outside. */
final class Socket implements WebSocket.Listener {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    private Socket() {
    }

    static Socket open(Clinic clinic, String plugin) {
        return open(clinic, plugin, "");
    }

    /** @param cookies of the browser in which the page is */
    static Socket open(Clinic clinic, String plugin, String cookies) {
        var opened = new Socket();
        var address = clinic.at("/ws/" + clinic.id() + "/" + plugin);
        opened.socket = CLIENT.newWebSocketBuilder()
                .header("Origin", clinic.at("/").toString().replaceAll("/$", ""))
                .header("Cookie", cookies)
                .buildAsync(URI.create(address.toString().replaceFirst("http", "ws")), opened)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return opened;
    }

    /** The status with which the server refuses a handshake that comes from there; 101 when it takes it. @param origin empty for none */
    static int handshakeFrom(Clinic clinic, String plugin, String origin) {
        var builder = CLIENT.newWebSocketBuilder();
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        var address = clinic.at("/ws/" + clinic.id() + "/" + plugin).toString().replaceFirst("http", "ws");
        try {
            builder.buildAsync(URI.create(address), new Socket()).orTimeout(10, TimeUnit.SECONDS).join().abort();
            return 101;
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException answered) {
                return answered.getResponse().statusCode();
            }
            throw refused;
        }
    }

    Socket say(String message) {
        Objects.requireNonNull(socket).sendText(message, true).join();
        return this;
    }

    /** Goes away without a word, as a page that is closed. */
    void leave() {
        Objects.requireNonNull(socket).abort();
    }

    List<String> heard() {
        return heard;
    }

    /** The next message that nobody has asked for yet; waits up to ten seconds. */
    String next() {
        try {
            return Objects.requireNonNull(unread.poll(10, TimeUnit.SECONDS), "Nothing was said");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The next message that holds {@code text}, what comes before it left aside; waits up to ten seconds for each. */
    JsonNode hears(String text) {
        for (var message = next();; message = next()) {
            if (message.contains(text)) {
                return Clinic.json(message);
            }
        }
    }

    /** The code that the server closed with; waits up to ten seconds. */
    int closed() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.add(part.toString());
            unread.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failed) {
        closed.completeExceptionally(failed);
    }
}
