// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import org.sluse.disclosure.NoAnswerException;
import org.sluse.disclosure.NotSentException;
import org.sluse.host.backup.Blocks.Block;
import org.sluse.host.google.GoogleAccess;
import org.sluse.host.google.GoogleRefusedException;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.outgoing.Received;

/**
 * A bucket of Google Cloud Storage, by its JSON API. A file is uploaded in a session, in chunks of 16 MiB, of which memory holds one: after a chunk whose confirmation is missing the store is asked how much of it
 * is there. It is made only where there is none ({@code ifGenerationMatch=0}).
 */
final class CloudStoragePlace implements Place {

    private static final Logger LOG = Logger.getLogger(CloudStoragePlace.class.getName());

    /** Google's own. */
    static final URI GOOGLE = URI.create("https://storage.googleapis.com");
    /** A multiple of 256 KiB, as every chunk but the last has to be. */
    static final int CHUNK = 16 << 20;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final int ROUNDS_WITHOUT_PROGRESS = 3;
    private static final Pattern STORED = Pattern.compile("bytes=0-(\\d+)");
    private static final byte[] NOTHING = {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bucket bucket;
    private final URI service;
    private final GoogleAccess google;
    private final PersistentHttp http;

    CloudStoragePlace(Bucket bucket, URI service, GoogleAccess google, PersistentHttp http) {
        this.bucket = bucket;
        this.service = service;
        this.google = google;
        this.http = http;
    }

    @Override
    public void write(String name, Content content) throws IOException {
        // Before much is sent for nothing.
        if (names(name).contains(name)) {
            throw taken(name);
        }
        var upload = new Upload(name);
        try {
            var chunks = new Chunks(CHUNK, upload);
            content.writeTo(chunks);
            chunks.finish();
        } finally {
            upload.leaveNothing();
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new Blocks((range, version) -> {
            var query = new TreeMap<>(Map.of("alt", "media"));
            version.ifPresent(generation -> query.put("generation", generation));
            var received = authorized("GET", object(name), query, request -> request.addHeader("Range", range));
            if (received.status() == 404) {
                throw new NoSuchFileException(bucket + "/" + name);
            }
            if (received.status() != 200 && received.status() != 206 && received.status() != 416) {
                throw refused(received);
            }
            return Block.of(received, received.header("x-goog-generation").orElse("0"));
        });
    }

    @Override
    public List<String> names(String beginning) throws IOException {
        var names = new ArrayList<String>();
        Optional<String> next = Optional.empty();
        do {
            var query = new TreeMap<>(
                    Map.of("prefix", bucket.key(beginning), "fields", "items(name),nextPageToken"));
            next.ifPresent(token -> query.put("pageToken", token));
            var received = authorized("GET", "/storage/v1/b/" + bucket.name() + "/o", query, request -> {
            });
            if (received.status() != 200) {
                throw refused(received);
            }
            var page = json(received);
            page.path("items").forEach(item -> bucket.file(item.path("name").asText()).ifPresent(names::add));
            next = Optional.of(page.path("nextPageToken").asText()).filter(token -> !token.isEmpty());
        } while (next.isPresent());
        names.sort(null);
        return names;
    }

    @Override
    public Set<URI> addresses() {
        return Stream.concat(Stream.of(service), google.addresses().stream()).collect(Collectors.toSet());
    }

    @Override
    public void remove(String name) throws IOException {
        var received = authorized("DELETE", object(name), new TreeMap<>(), request -> {
        });
        if (received.status() != 204 && received.status() != 404) {
            throw refused(received);
        }
    }

    private String object(String name) {
        return "/storage/v1/b/" + bucket.name() + "/o/" + SigV4.encoded(bucket.key(name));
    }

    private Received authorized(String method, String path, TreeMap<String, String> query,
            Consumer<HttpUriRequestBase> more) throws IOException {
        try {
            var address = URI.create(service + path + (query.isEmpty() ? "" : "?" + SigV4.query(query)));
            return google.<IOException>authorized(token -> send(() -> {
                var request = new HttpUriRequestBase(method, address);
                request.addHeader("Authorization", "Bearer " + token);
                more.accept(request);
                return request;
            }));
        } catch (GoogleRefusedException refused) {
            throw new PlaceFailedException(
                    "The backup place '" + bucket + "' cannot be used: " + refused.getMessage(), refused);
        }
    }

    private Received send(Supplier<HttpUriRequestBase> request) throws IOException {
        try {
            return http.send(request, WITHIN);
        } catch (NotSentException | NoAnswerException silent) {
            // Without the cause, which may quote the address of a session: whoever knows that may write.
            throw new PlaceFailedException("The backup place '" + bucket + "' does not answer at " + service
                    + "; right would be a way out of this machine to it");
        }
    }

    private static JsonNode json(Received received) throws IOException {
        return JSON.readTree(received.body());
    }

    private FileAlreadyExistsException taken(String name) {
        return new FileAlreadyExistsException(bucket + "/" + name);
    }

    private PlaceFailedException refused(Received received) {
        return new PlaceFailedException("The backup place '" + bucket + "' " + switch (received.status()) {
            case 401, 403 ->
                "does not allow it to this service account; right would be the role roles/storage.objectUser on the bucket";
            case 404 -> "has no bucket of that name; right would be one that exists";
            default -> "answers " + received.status() + "; right would be to try again later";
        });
    }

    /** One file that is being written. */
    private final class Upload implements Chunks.Sink {

        private final String name;
        /** A secret: whoever has it may write. Absent before the first chunk and after the last. */
        private @Nullable URI session;
        /** How many bytes of the file went before the chunk that is sent now. */
        private long before;

        Upload(String name) {
            this.name = name;
        }

        @Override
        public void take(byte[] bytes, int length, boolean last) throws IOException {
            var current = session == null ? begin() : session;
            var end = before + length;
            var stored = before;
            for (var rounds = 0; rounds < ROUNDS_WITHOUT_PROGRESS; rounds++) {
                var received = send(current, bytes, (int) (stored - before), length, last);
                if (last && (received.status() == 200 || received.status() == 201)) {
                    session = null;
                    return;
                }
                if ((received.status() == 404 || received.status() == 410) && before == 0) {
                    // The session is over; of what was sent, all is here still.
                    current = begin();
                    stored = 0;
                    continue;
                }
                var there = stored(received);
                if (there < stored || there > end) {
                    throw new IOException("a store that has lost what it had confirmed");
                }
                if (there == end && !last) {
                    before = end;
                    return;
                }
                rounds = there > stored ? 0 : rounds;
                stored = there;
            }
            throw new PlaceFailedException("The backup place '" + bucket
                    + "' does not go on with an upload; right would be to try again later");
        }

        private URI begin() throws IOException {
            var received = authorized("POST", "/upload/storage/v1/b/" + bucket.name() + "/o",
                    new TreeMap<>(
                            Map.of("uploadType", "resumable", "name", bucket.key(name), "ifGenerationMatch", "0")),
                    request -> {
                        request.addHeader("X-Upload-Content-Type", "application/octet-stream");
                        request.setEntity(new StringEntity("{}", ContentType.APPLICATION_JSON));
                    });
            if (received.status() == 412) {
                throw taken(name);
            }
            var location = received.header("location").orElse("");
            if (received.status() != 200) {
                throw refused(received);
            }
            if (!location.startsWith(service + "/")) {
                throw new IOException("an upload that would go elsewhere");
            }
            var begun = URI.create(location);
            session = begun;
            return begun;
        }

        /** Sends what is left of the chunk, once; where no confirmation comes, asks how much is there. */
        private Received send(URI to, byte[] bytes, int from, int length, boolean last) throws IOException {
            var total = last ? String.valueOf(before + length) : "*";
            var sent = new boolean[1];
            return CloudStoragePlace.this.send(() -> {
                var request = new HttpUriRequestBase("PUT", to);
                var left = sent[0] ? 0 : length - from;
                sent[0] = true;
                request.addHeader("Content-Range", "bytes "
                        + (left == 0 ? "*" : (before + from) + "-" + (before + length - 1)) + "/" + total);
                request.setEntity(new ByteArrayEntity(left == 0 ? NOTHING : bytes, left == 0 ? 0 : from, left, null));
                return request;
            });
        }

        /** How many bytes of the file are there. */
        private long stored(Received received) throws IOException {
            if (received.status() == 412) {
                throw taken(name);
            }
            if (received.status() == 404 || received.status() == 410) {
                throw new PlaceFailedException("The backup place '" + bucket
                        + "' has ended an upload in its middle; right would be to make the backup again");
            }
            if (received.status() != 308) {
                throw refused(received);
            }
            var range = STORED.matcher(received.header("range").orElse(""));
            return range.matches() ? Long.parseLong(range.group(1)) + 1 : 0;
        }

        /** A session that is left could be written to for a week. */
        void leaveNothing() {
            var left = session;
            if (left == null) {
                return;
            }
            try {
                CloudStoragePlace.this.send(() -> new HttpUriRequestBase("DELETE", left));
            } catch (IOException unended) {
                // What made the work fail is what the operator has to know.
                LOG.log(Level.WARNING, "upload-not-removed place=" + bucket + " name=" + name + " cause="
                        + unended.getMessage());
            }
        }
    }

    @Override
    public String toString() {
        return bucket.toString();
    }
}
