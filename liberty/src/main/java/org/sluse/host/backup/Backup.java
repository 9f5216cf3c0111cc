// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sluse.host.backup.Manifest.Contents;
import org.sluse.host.backup.Manifest.Header;
import org.sluse.host.backup.Manifest.Part;

/**
 * A backup at a place, in two files. The data is one stream of Tink's streaming AEAD (AES-256-GCM, HKDF, segments of 1 MiB) under a key of its own: the parts one after the
 * other, as long as the manifest says. The manifest is a line that everybody may read and, sealed with the backup key and bound to that line, the contents and the key of the
 * data. It is written last: without it there is no backup. Everything is streamed; memory holds a segment, however large a table is.
 */
final class Backup {

    private static final Logger LOG = Logger.getLogger(Backup.class.getName());

    /** Of a manifest, which is read at once; in bytes. Ten thousand tables need less. */
    private static final int LONGEST_MANIFEST = 64 << 20;

    private final Place place;
    private final Manifest manifest;
    private final byte[] binding;
    private final KeysetHandle key;

    private Backup(Place place, Manifest manifest, byte[] binding, KeysetHandle key) {
        this.place = place;
        this.manifest = manifest;
        this.binding = binding;
        this.key = key;
    }

    /** What is sealed in the file of the manifest. @param dataKey a Tink keyset in JSON */
    private record Sealed(Contents contents, String dataKey) {

        @Override
        public String toString() {
            return "Sealed[" + contents + "]";
        }
    }

    /** Writes the parts one after the other and says then what the backup holds. */
    @FunctionalInterface
    interface Source {
        Contents writeTo(Parts parts) throws IOException;
    }

    /** What one part holds; it writes all of it and returns how many rows that were. */
    @FunctionalInterface
    interface Rows {
        long writeTo(OutputStream target) throws IOException;
    }

    /** Takes parts. */
    @FunctionalInterface
    interface Parts {
        /** @param described its place and columns; rows, bytes and hash are found out */
        Part add(Part described, Rows rows) throws IOException;
    }

    /** Is given each part in turn. What it leaves unread is read for it. @see #read */
    @FunctionalInterface
    interface Sink {
        void take(Part part, InputStream rows) throws IOException;
    }

    /** Writes a backup. When it returns, both files are there; when the source throws, neither is. */
    static void write(Place place, BackupKeys keys, ObjectMapper json, Header header, Source source)
            throws IOException {
        try {
            var key = KeysetHandle.generateNew(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB);
            var streaming = key.getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
            var binding = json.writeValueAsBytes(header);
            var contents = new Contents[1];
            place.write(Manifest.dataName(header.clinic(), header.id()), target -> {
                try (var sealing = streaming.newEncryptingStream(target, binding)) {
                    contents[0] = source.writeTo((described, rows) -> add(sealing, described, rows));
                } catch (GeneralSecurityException impossible) {
                    throw new IllegalStateException("Encryption failed", impossible);
                }
            });
            var sealed = keys.seal(json.writeValueAsBytes(new Sealed(contents[0],
                    TinkJsonProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get()))), binding);
            place.write(Manifest.manifestName(header.clinic(), header.id()), target -> {
                target.write(binding);
                target.write('\n');
                target.write(sealed);
            });
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Encryption failed", impossible);
        }
    }

    /** What was written and not proved is nobody's newest backup. Where that fails, what made the backup fail is what the operator has to know. */
    static void withdraw(Place place, Header header) {
        for (var name : List.of(Manifest.manifestName(header.clinic(), header.id()),
                Manifest.dataName(header.clinic(), header.id()))) {
            try {
                place.remove(name);
            } catch (IOException | RuntimeException left) {
                LOG.log(Level.WARNING, "backup-not-withdrawn name=" + name + " cause=" + left.getClass().getName());
            }
        }
    }

    /** What a part comes to, kept nowhere. */
    static Part measure(Part described, Rows rows) throws IOException {
        return add(OutputStream.nullOutputStream(), described, rows);
    }

    private static Part add(OutputStream target, Part described, Rows rows) throws IOException {
        var counted = new Counted(target);
        var written = rows.writeTo(counted);
        return new Part(described.schema(), described.table(), described.columns(), written, counted.bytes,
                counted.sha256Text());
    }

    /** The newest one in the folder; empty when there is none. @throws BackupRefusedException when it cannot be read */
    static Optional<Backup> newest(Place place, BackupKeys keys, ObjectMapper json, String folder)
            throws IOException {
        var newest = place.names(folder + "/")
                .stream()
                .filter(name -> name.endsWith(".manifest"))
                .map(name -> name.substring(folder.length() + 1, name.lastIndexOf('.')))
                .filter(Manifest::isId)
                .max(String::compareTo);
        return newest.isEmpty() ? Optional.empty() : Optional.of(open(place, keys, json, folder, newest.get()));
    }

    /**
     * The backup of this id, its manifest proved.
     *
     * @throws BackupRefusedException when there is none, it is of a newer format, sealed with another key, or was altered
     */
    static Backup open(Place place, BackupKeys keys, ObjectMapper json, String clinic, String id) throws IOException {
        var name = Manifest.manifestName(clinic, id);
        byte[] file;
        try (var stream = place.read(name)) {
            file = stream.readNBytes(LONGEST_MANIFEST);
        } catch (NoSuchFileException none) {
            throw new BackupRefusedException("The backup '" + clinic + "/" + id
                    + "' has no manifest; right would be one that was finished", none);
        }
        var end = 0;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        var binding = Arrays.copyOf(file, end);
        var header = header(json, binding, clinic, id, keys);
        try {
            var plain = keys.open(Arrays.copyOfRange(file, Math.min(end + 1, file.length), file.length),
                    binding);
            var sealed = json.readValue(plain, Sealed.class);
            return new Backup(place, new Manifest(header, sealed.contents()), binding,
                    TinkJsonProtoKeysetFormat.parseKeyset(sealed.dataKey(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException | JsonProcessingException altered) {
            throw altered(clinic, id, "manifest", altered);
        }
    }

    private static Header header(ObjectMapper json, byte[] line, String clinic, String id, BackupKeys keys)
            throws IOException {
        Header header;
        try {
            var format = json.readTree(line).path("format").asInt();
            if (format > Manifest.FORMAT) {
                throw new BackupRefusedException("The backup '" + clinic + "/" + id + "' is of format " + format
                        + ", and this server reads " + Manifest.FORMAT
                        + "; right would be the version of the server that made it, or a later one");
            }
            header = json.readValue(line, Header.class);
        } catch (JsonProcessingException altered) {
            throw altered(clinic, id, "manifest", altered);
        }
        if (header.format() != Manifest.FORMAT || !header.clinic().equals(clinic) || !header.id().equals(id)) {
            throw altered(clinic, id, "manifest", null);
        }
        if (header.key() != keys.id()) {
            throw new BackupRefusedException("The backup '" + clinic + "/" + id
                    + "' was sealed with another backup key; right would be the keys of the installation that made it");
        }
        return header;
    }

    Manifest manifest() {
        return manifest;
    }

    /**
     * Reads all of it, proving each part.
     *
     * @throws BackupRefusedException when anything differs from what was written; the sink may have been given parts by then, and has to undo what it did with them
     */
    void read(Sink sink) throws IOException {
        var header = manifest.header();
        try (var file = new BufferedInputStream(
                place.read(Manifest.dataName(header.clinic(), header.id())));
                var plain = key.getPrimitive(RegistryConfiguration.get(), StreamingAead.class)
                        .newDecryptingStream(file, binding)) {
            for (var part : manifest.contents().parts()) {
                var rows = new Limited(plain, part);
                var hashed = new DigestInputStream(rows, sha256());
                sink.take(part, hashed);
                hashed.transferTo(OutputStream.nullOutputStream());
                if (!HexFormat.of().formatHex(hashed.getMessageDigest().digest()).equals(part.sha256())) {
                    throw altered(part.table(), null);
                }
            }
            if (next(plain) >= 0) {
                throw altered("data", null);
            }
        } catch (NoSuchFileException none) {
            throw altered("data", none);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Decryption failed", impossible);
        }
    }

    /** The end is proved by reading on: the last segment says that it is the last. */
    private int next(InputStream plain) {
        try {
            return plain.read();
        } catch (IOException broken) {
            throw altered("data", broken);
        }
    }

    private BackupRefusedException altered(String what, @Nullable Exception cause) {
        return altered(manifest.header().clinic(), manifest.header().id(), what, cause);
    }

    private static BackupRefusedException altered(String clinic, String id, String what,
            @Nullable Exception cause) {
        if (cause instanceof PlaceFailedException) {
            return new BackupRefusedException(String.valueOf(cause.getMessage()), cause);
        }
        return new BackupRefusedException("The backup '" + clinic + "/" + id + "' is not as it was written (" + what
                + "): altered, cut off, or put together from several; right would be another one", cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }

    /** Counts and hashes what passes; the stream below stays open. */
    private static final class Counted extends OutputStream {

        private final OutputStream below;
        private final MessageDigest digest = sha256();
        private long bytes;

        Counted(OutputStream below) {
            this.below = below;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[]{(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            below.write(some, offset, length);
            digest.update(some, offset, length);
            bytes += length;
        }

        String sha256Text() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** The bytes of one part. */
    private final class Limited extends InputStream {

        private final InputStream plain;
        private final Part part;
        private long left;

        Limited(InputStream plain, Part part) {
            this.plain = plain;
            this.part = part;
            this.left = part.bytes();
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            try {
                var got = plain.read(target, offset, (int) Math.min(length, left));
                if (got < 0) {
                    throw altered(part.table(), null);
                }
                left -= got;
                return got;
            } catch (IOException broken) {
                throw altered(part.table(), broken);
            }
        }
    }
}
