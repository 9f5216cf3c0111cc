// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sluse.host.backup.Blocks.Block;
import org.sluse.host.backup.S3Calls.Call;
import org.sluse.host.outgoing.Received;
import org.sluse.id.Ids;

/**
 * A bucket of an S3-compatible store. What fits into a part is put at once, what is larger is uploaded in parts of 16 MiB, of which memory holds one; 10,000 parts are the most that S3 takes, 156 GiB. A file is
 * made only where there is none ({@code If-None-Match: *}), and its bytes are there when the store has confirmed all of them.
 */
final class S3Place implements Place {

    private static final Logger LOG = Logger.getLogger(S3Place.class.getName());

    static final int PART = 16 << 20;
    /** Who has written the file: tells our own, whose confirmation was lost, from another's. */
    private static final String WRITER = "x-amz-meta-sluse-writer";

    private final Bucket bucket;
    private final S3Calls calls;
    private final Ids ids;

    S3Place(Bucket bucket, S3Calls calls, Ids ids) {
        this.bucket = bucket;
        this.calls = calls;
        this.ids = ids;
    }

    @Override
    public void write(String name, Content content) throws IOException {
        // Before much is sent for nothing.
        if (names(name).contains(name)) {
            throw new FileAlreadyExistsException(bucket + "/" + name);
        }
        var upload = new Upload(name);
        try {
            var chunks = new Chunks(PART, upload);
            content.writeTo(chunks);
            chunks.finish();
        } finally {
            upload.leaveNothing();
        }
    }

    @Override
    public InputStream read(String name) throws IOException {
        return new Blocks((range, version) -> {
            var headers = new TreeMap<>(Map.of("Range", range));
            version.ifPresent(etag -> headers.put("If-Match", etag));
            var received = calls.send(Call.of("GET", bucket.key(name)).heading(headers));
            if (S3Calls.code(received).filter("NoSuchKey"::equals).isPresent()) {
                throw new NoSuchFileException(bucket + "/" + name);
            }
            if (received.status() != 200 && received.status() != 206 && received.status() != 416) {
                throw calls.refused(received);
            }
            return Block.of(received, received.header("etag").orElse("*"));
        });
    }

    @Override
    public List<String> names(String beginning) throws IOException {
        var names = new ArrayList<String>();
        Optional<String> next = Optional.empty();
        do {
            var query = new TreeMap<>(Map.of("list-type", "2", "prefix", bucket.key(beginning)));
            next.ifPresent(token -> query.put("continuation-token", token));
            var page = S3Calls.xml(accepted(Call.of("GET", "").with(query)));
            S3Calls.texts(page, "Key").forEach(key -> bucket.file(key).ifPresent(names::add));
            next = S3Calls.texts(page, "NextContinuationToken").stream().findFirst();
        } while (next.isPresent());
        names.sort(null);
        return names;
    }

    @Override
    public Set<URI> addresses() {
        return Set.of(calls.endpoint());
    }

    @Override
    public void remove(String name) throws IOException {
        var received = calls.send(Call.of("DELETE", bucket.key(name)));
        // Some stores say so of a file that is not there.
        if (received.status() / 100 != 2 && received.status() != 404) {
            throw calls.refused(received);
        }
    }

    private Received accepted(Call call) throws IOException {
        var received = calls.send(call);
        if (received.status() / 100 != 2) {
            throw calls.refused(received);
        }
        return received;
    }

    @Override
    public String toString() {
        return bucket.toString();
    }

    /** One file that is being written. */
    private final class Upload implements Chunks.Sink {

        private final String name;
        private final String key;
        private final String writer = ids.token();
        private final List<String> etags = new ArrayList<>();
        /** Of an upload in parts; absent before the second part is known of. */
        private @Nullable String id;
        private boolean done;

        Upload(String name) {
            this.name = name;
            this.key = bucket.key(name);
        }

        @Override
        public void take(byte[] bytes, int length, boolean last) throws IOException {
            if (last && id == null) {
                // Another write of the name is under way at this moment; whether it stays shows the next attempt.
                confirm(calls.send(Call.of("PUT", key)
                        .heading(Map.of("If-None-Match", "*", WRITER, writer))
                        .carrying(bytes, length),
                        received -> S3Calls.code(received).filter("ConditionalRequestConflict"::equals).isPresent()));
                return;
            }
            var upload = id == null ? begin() : id;
            etags.add(accepted(Call.of("PUT", key)
                    .with(Map.of("partNumber", String.valueOf(etags.size() + 1), "uploadId", upload))
                    .carrying(bytes, length)).header("etag")
                    .orElseThrow(() -> new IOException("a part without its ETag")));
            if (last) {
                complete(upload);
            }
        }

        private String begin() throws IOException {
            var received = accepted(
                    Call.of("POST", key).with(Map.of("uploads", "")).heading(Map.of(WRITER, writer)));
            var begun = S3Calls.texts(S3Calls.xml(received), "UploadId")
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new IOException("an upload without its id"));
            id = begun;
            return begun;
        }

        private void complete(String upload) throws IOException {
            var parts = IntStream.range(0, etags.size())
                    .mapToObj(part -> "<Part><PartNumber>" + (part + 1) + "</PartNumber><ETag>"
                            + etags.get(part).replace("\"", "&quot;") + "</ETag></Part>")
                    .collect(Collectors.joining("", "<CompleteMultipartUpload>", "</CompleteMultipartUpload>"))
                    .getBytes(StandardCharsets.UTF_8);
            // It begins its answer before it has put the parts together, and says in an answer of 200 that it could not.
            confirm(calls.send(Call.of("POST", key)
                    .with(Map.of("uploadId", upload))
                    .heading(Map.of("If-None-Match", "*"))
                    .carrying(parts, parts.length),
                    received -> S3Calls.code(received).filter("InternalError"::equals).isPresent()));
        }

        private void confirm(Received received) throws IOException {
            var code = S3Calls.code(received);
            if (received.status() != 200 || code.isPresent()) {
                // An attempt before may have arrived, and its confirmation been lost.
                var taken = received.status() == 412;
                if (!taken && code.filter("NoSuchUpload"::equals).isEmpty() || !isOurs()) {
                    throw taken ? new FileAlreadyExistsException(bucket + "/" + name) : calls.refused(received);
                }
            }
            done = true;
        }

        private boolean isOurs() throws IOException {
            return calls.send(Call.of("HEAD", key)).header(WRITER).filter(writer::equals).isPresent();
        }

        /** Parts that are left are paid for, and found by nobody. */
        void leaveNothing() {
            if (done || id == null) {
                return;
            }
            try {
                accepted(Call.of("DELETE", key).with(Map.of("uploadId", id)));
            } catch (IOException left) {
                // What made the work fail is what the operator has to know.
                LOG.log(Level.WARNING, "upload-not-removed place=" + bucket + " name=" + name + " cause="
                        + left.getMessage());
            }
        }
    }
}
