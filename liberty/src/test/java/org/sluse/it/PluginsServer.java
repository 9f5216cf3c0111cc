// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A server with a data folder of its own, for plugins that are dropped into it before it starts. */
final class PluginsServer {

    private final Path data;
    private final int port;

    PluginsServer() {
        try {
            this.data = CommandLine.emptyFolder();
            this.port = CommandLine.freePort();
        } catch (IOException cannotPrepare) {
            throw new UncheckedIOException(cannotPrepare);
        }
    }

    /** Where jars are dropped. */
    Path plugins() {
        return data.resolve("plugins");
    }

    /** Sets what an operator sets, before a start. @param settings lines of {@code sluse.properties} */
    void set(String settings) {
        try {
            Files.writeString(data.resolve("sluse.properties"), settings);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    CommandLine.Ended start() {
        return command("start", "--port", Integer.toString(port));
    }

    CommandLine.Ended command(String... arguments) {
        var whole = new ArrayList<>(Arrays.asList(arguments));
        whole.addAll(List.of("--data", data.toString()));
        return CommandLine.run(whole.toArray(String[]::new));
    }

    /** The operator's token. */
    String token() {
        return text("operator.token").strip();
    }

    String log() {
        return text("logs/messages.log");
    }

    HttpResponse<String> get(String path) {
        return Http.send("GET", base().resolve(path), Map.of(), "");
    }

    HttpResponse<String> operator(String method, String path, String body) {
        return Http.send(method, base().resolve("/api/operate/tenants" + path),
                Map.of("Authorization", "Bearer " + token(), "Content-Type", "application/json"), body);
    }

    private String text(String file) {
        try {
            return Files.readString(data.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
