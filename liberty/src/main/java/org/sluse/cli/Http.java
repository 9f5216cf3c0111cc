// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Speaks to a server on this machine: JSON there and back, and a server's refusal as the sentence that it gave. */
final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI server;
    private final Map<String, String> headers;
    private final HttpClient client;

    /** Without a proxy: what we speak to is on this machine. */
    Http(URI server, Map<String, String> headers, HttpClient.Redirect redirects) {
        this.server = server;
        this.headers = headers;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(redirects)
                .proxy(HttpClient.Builder.NO_PROXY)
                .cookieHandler(new CookieManager())
                .build();
    }

    Http(URI server) {
        this(server, Map.of(), HttpClient.Redirect.NEVER);
    }

    JsonStructure get(String path) {
        return json(text("GET", path, null));
    }

    String text(String path) {
        return text("GET", path, null);
    }

    JsonStructure post(String path, JsonObject body) {
        return json(text("POST", path, body));
    }

    /** As {@link #post(String, JsonObject)}, for what takes longer than other calls. */
    JsonStructure post(String path, JsonObject body, Duration patience) {
        return json(text("POST", path, body, patience));
    }

    /** The body of the answer, whatever it is. */
    String posted(String path, JsonObject body) {
        return text("POST", path, body);
    }

    JsonStructure put(String path, JsonObject body) {
        return json(text("PUT", path, body));
    }

    void delete(String path) {
        text("DELETE", path, null);
    }

    /** Writes the body of the answer into a file that is not there yet, and that only its owner will read; without a good answer there is none. */
    void download(String path, Path file) {
        try {
            var answer = client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw StoppedShortException.refused(sentence("GET", path, answer.statusCode(), answer.headers(),
                        new String(answer.body(), StandardCharsets.UTF_8)));
            }
            keep(file, answer.body());
        } catch (IOException _) {
            throw StoppedShortException.noServer("The server at %s does not answer.".formatted(server));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Reads the body of a good answer while it comes, however long that takes. */
    <T> T stream(String path, Function<InputStream, T> read) {
        try {
            var answer = client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw StoppedShortException.refused(sentence("GET", path, answer.statusCode(), answer.headers(),
                            new String(body.readAllBytes(), StandardCharsets.UTF_8)));
                }
                return read.apply(body);
            }
        } catch (IOException _) {
            throw StoppedShortException.noServer("The server at %s does not answer.".formatted(server));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Writes an answer into a file that is not there yet, and that only its owner will read. */
    static void keep(Path file, byte[] content) {
        try {
            DataFolder.createPrivate(file);
            Files.write(file, content);
        } catch (FileAlreadyExistsException taken) {
            throw StoppedShortException.refused("%s is there already; right would be a new file.".formatted(file));
        } catch (IOException unwritable) {
            throw StoppedShortException.refused("%s cannot be written.".formatted(file));
        }
    }

    boolean isUp(String path) {
        try {
            return client
                    .send(request(path).GET().timeout(Duration.ofSeconds(5)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** The JSON object at {@code path}, whatever the status; empty when there is no answer or another one. */
    Optional<JsonObject> find(String path) {
        try {
            return Optional.of(json(send(request(path).GET().build()).body()).asJsonObject());
        } catch (StoppedShortException | JsonException | ClassCastException other) {
            return Optional.empty();
        }
    }

    /** The answer to a request of one's own making; the status is not judged. */
    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException _) {
            throw StoppedShortException.noServer("The server at %s does not answer.".formatted(server));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        headers.forEach(request::header);
        return request.header("User-Agent", "sluse");
    }

    private String text(String method, String path, @org.jspecify.annotations.Nullable JsonObject body) {
        return text(method, path, body, PATIENCE);
    }

    private String text(String method, String path, @org.jspecify.annotations.Nullable JsonObject body,
            Duration patience) {
        var request = request(path).timeout(patience);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        var answer = send(request.build());
        if (answer.statusCode() / 100 != 2) {
            throw StoppedShortException
                    .refused(sentence(method, path, answer.statusCode(), answer.headers(), answer.body()));
        }
        return answer.body();
    }

    private static String sentence(String method, String path, int status, HttpHeaders headers, String body) {
        var type = headers.firstValue("Content-Type").orElse("");
        if (type.startsWith("application/problem+json")) {
            var problem = json(body).asJsonObject();
            var sentence = problem.getString("detail", problem.getString("title", "The server refused."));
            var errors = problem.getJsonArray("errors");
            return errors == null
                    ? sentence
                    : errors.getValuesAs(JsonObject.class)
                            .stream()
                            .map(error -> "%n  %s: %s".formatted(error.getString("pointer", ""),
                                    error.getString("detail", error.getString("code", ""))))
                            .reduce(sentence, String::concat);
        }
        return "The server answered %s %s with status %d.".formatted(method, path, status);
    }

    static JsonStructure json(String text) {
        if (text.isBlank()) {
            return JsonObject.EMPTY_JSON_OBJECT;
        }
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.read();
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while the server was asked", cause);
    }
}
