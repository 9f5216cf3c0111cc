// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sluse.host.google.GoogleStandIn;
import org.sluse.host.google.GoogleStandIn.Request;
import org.sluse.host.google.GoogleStandIn.Response;

/**
 * Stands in for Google Cloud Storage, JSON API: one bucket; {@code objects.insert} as a resumable upload, {@code objects.list} with two names a page, {@code objects.get} as media, {@code objects.delete}. It holds
 * whoever calls to what "Resumable uploads" says: multiples of 256 KiB, in their order, each byte confirmed.
 */
final class CloudStorageStandIn implements AutoCloseable {

    static final String BUCKET = "clinic-backups";

    private static final int UNIT = 256 << 10;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
    private static final String OBJECTS = "/storage/v1/b/" + BUCKET + "/o";

    final GoogleStandIn google = new GoogleStandIn();
    final TreeMap<String, byte[]> objects = new TreeMap<>();
    final Map<String, Session> sessions = new HashMap<>();
    /** Methods and what {@code Content-Range} said, of requests to sessions. */
    final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    /** What becomes of the next chunks. */
    final List<Mishap> mishaps = new ArrayList<>();
    private int begun;

    /** @param target where the object will be */
    record Session(String target, ByteArrayOutputStream stored) {}

    enum Mishap {
        /** Half is kept, and said so. */
        HALF,
        /** All is kept, and not said. */
        UNSAID,
        /** Nothing is kept, and said so: there is no {@code Range}. */
        NOTHING,
        /** The session is no more. */
        GONE
    }

    CloudStorageStandIn() {
        google.serves(this::answer);
    }

    private synchronized Optional<Response> answer(Request request) {
        var method = request.method();
        if (request.path().equals("/upload/storage/v1/b/" + BUCKET + "/o")) {
            return Optional.of(request.query().containsKey("upload_id") ? session(request) : begin(request));
        }
        if (request.path().startsWith("/storage/v1/b/") && !request.path().startsWith(OBJECTS)) {
            return Optional.of(Response.error(404, "NOT_FOUND"));
        }
        if (request.path().equals(OBJECTS) && method.equals("GET")) {
            return Optional.of(list(request));
        }
        if (!request.path().startsWith(OBJECTS + "/")) {
            return Optional.empty();
        }
        assertThat(request.path().substring(OBJECTS.length() + 1)).as("a name is one segment").doesNotContain("/", "@");
        var name = URLDecoder.decode(request.path().substring(OBJECTS.length() + 1), StandardCharsets.UTF_8);
        if (method.equals("DELETE") && request.query().isEmpty()) {
            return Optional.of(objects.remove(name) == null
                    ? Response.error(404, "NOT_FOUND")
                    : new Response(204, Map.of(), new byte[0]));
        }
        return method.equals("GET") && "media".equals(request.query().get("alt"))
                ? Optional.of(media(request, name))
                : Optional.empty();
    }

    private Response begin(Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.query()).containsOnlyKeys("uploadType", "name", "ifGenerationMatch")
                .containsEntry("uploadType", "resumable")
                .containsEntry("ifGenerationMatch", "0");
        assertThat(request.headers().get("content-type")).startsWith("application/json");
        assertThat(request.text()).isEqualTo("{}");
        var name = request.query().getOrDefault("name", "");
        if (objects.containsKey(name)) {
            return Response.error(412, "FAILED_PRECONDITION");
        }
        var id = "secret-" + ++begun;
        sessions.put(id, new Session(name, new ByteArrayOutputStream()));
        return new Response(200, Map.of("Location",
                google.address() + request.path() + "?uploadType=resumable&upload_id=" + id), new byte[0]);
    }

    private Response session(Request request) {
        assertThat(request.headers()).as("the address is the right").doesNotContainKey("authorization");
        var id = request.query().get("upload_id");
        ranges.add(request.method() + " " + request.headers().getOrDefault("content-range", ""));
        var session = sessions.get(id);
        if (session == null) {
            return Response.error(404, "NOT_FOUND");
        }
        if (request.method().equals("DELETE")) {
            sessions.remove(id);
            return new Response(499, Map.of(), new byte[0]);
        }
        assertThat(request.method()).isEqualTo("PUT");
        var range = CONTENT_RANGE.matcher(request.headers().get("content-range"));
        assertThat(range.matches()).isTrue();
        var isLast = !range.group(3).equals("*");
        var mishap = range.group(1) == null || mishaps.isEmpty() ? null : mishaps.removeFirst();
        if (mishap == Mishap.GONE) {
            sessions.remove(id);
            return Response.error(410, "GONE");
        }
        if (range.group(1) != null) {
            assertThat(Long.parseLong(range.group(1))).as("it goes on where it was").isEqualTo(session.stored().size());
            assertThat(request.body()).hasSize(
                    (int) (Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1));
            assertThat(isLast || request.body().length % UNIT == 0).isTrue();
            var kept = mishap == Mishap.NOTHING
                    ? 0
                    : mishap == Mishap.HALF ? request.body().length / 2 / UNIT * UNIT : request.body().length;
            session.stored().write(request.body(), 0, kept);
        } else {
            assertThat(request.body()).isEmpty();
        }
        if (mishap == Mishap.UNSAID) {
            return new Response(0, Map.of(), new byte[0]);
        }
        if (isLast && session.stored().size() == Long.parseLong(range.group(3))) {
            if (objects.putIfAbsent(session.target(), session.stored().toByteArray()) != null) {
                return Response.error(412, "FAILED_PRECONDITION");
            }
            sessions.remove(id);
            return Response.of(200, "{\"kind\": \"storage#object\"}");
        }
        return new Response(308, session.stored().size() == 0
                ? Map.of()
                : Map.of("Range", "bytes=0-" + (session.stored().size() - 1)), new byte[0]);
    }

    private Response list(Request request) {
        assertThat(Set.of("prefix", "fields", "pageToken")).containsAll(request.query().keySet());
        assertThat(request.query()).containsEntry("fields", "items(name),nextPageToken");
        var found = objects.keySet()
                .stream()
                .filter(name -> name.startsWith(request.query().getOrDefault("prefix", "")))
                .filter(name -> name.compareTo(request.query().getOrDefault("pageToken", "")) > 0)
                .toList();
        var page = found.subList(0, Math.min(2, found.size()));
        var members = new ArrayList<String>();
        if (!page.isEmpty()) {
            members.add(page.stream()
                    .map(name -> "{\"name\": \"" + name + "\"}")
                    .collect(Collectors.joining(", ", "\"items\": [", "]")));
        }
        if (page.size() < found.size()) {
            members.add("\"nextPageToken\": \"" + page.getLast() + "\"");
        }
        return Response.of(200, "{" + String.join(", ", members) + "}");
    }

    private Response media(Request request, String name) {
        assertThat(Set.of("alt", "generation")).containsAll(request.query().keySet());
        assertThat(request.query().getOrDefault("generation", "7")).isEqualTo("7");
        var bytes = objects.get(name);
        if (bytes == null) {
            return new Response(404, Map.of("Content-Type", "text/html"),
                    "No such object".getBytes(StandardCharsets.UTF_8));
        }
        var range = RANGE.matcher(request.headers().get("range"));
        assertThat(range.matches()).isTrue();
        var from = Long.parseLong(range.group(1));
        if (from >= bytes.length) {
            return new Response(416, Map.of(), new byte[0]);
        }
        var to = Math.min(bytes.length, Long.parseLong(range.group(2)) + 1);
        return new Response(206, Map.of("X-Goog-Generation", "7", "Content-Range",
                "bytes " + from + "-" + (to - 1) + "/" + bytes.length),
                Arrays.copyOfRange(bytes, (int) from, (int) to));
    }

    @Override
    public void close() {
        google.close();
    }
}
