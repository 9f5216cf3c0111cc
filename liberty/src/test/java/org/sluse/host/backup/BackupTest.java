// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.host.backup.Manifest.Column;
import org.sluse.host.backup.Manifest.Contents;
import org.sluse.host.backup.Manifest.Header;
import org.sluse.host.backup.Manifest.Part;

/** The two files of a backup, without a database: what was written is what is read, or nothing is. */
class BackupTest {

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MIB = 1 << 20;

    /** Places of which none is in a cloud. */
    static Places folders(BackupSettings settings, Path dataFolder) {
        return new Places(settings, dataFolder, address -> {
            throw new AssertionError(address);
        }, address -> {
        });
    }

    private final FilesByHand place = new FilesByHand();
    @TempDir
    private Path folder = Path.of("");
    private BackupKeys keys;

    @BeforeEach
    void a_key() {
        keys = BackupKeys.of(folder);
    }

    @Test
    void what_was_written_is_read_part_by_part() throws IOException {
        var id = write("north", Map.of("a", bytes(3 * MIB, 1), "b", new byte[0], "c", bytes(17, 2)));

        var read = read("north", id);

        assertThat(read).containsOnlyKeys("a", "b", "c");
        assertThat(read.get("a")).isEqualTo(bytes(3 * MIB, 1));
        assertThat(read.get("b")).isEmpty();
        assertThat(read.get("c")).isEqualTo(bytes(17, 2));
    }

    @Test
    void nothing_of_it_can_be_read_at_the_place() throws IOException {
        var id = write("north", Map.of("patient", "P-4711\tPatient 4\n".repeat(9).getBytes(StandardCharsets.UTF_8)));

        assertThat(place.files.values()).allSatisfy(file -> assertThat(text(file)).doesNotContain("P-4711")
                .doesNotContain("patient"));
        assertThat(text(bytesOf(Manifest.manifestName("north", id))))
                .startsWith("{\"format\":1,\"clinic\":\"north\",\"id\":\"" + id + "\"");
    }

    @Test
    void each_backup_has_a_key_of_its_own() throws IOException {
        var same = Map.of("a", bytes(100, 1));

        var first = place.files.get(Manifest.dataName("north", write("north", same)));
        var second = place.files.get(Manifest.dataName("north", write("north", same)));

        assertThat(first).hasSameSizeAs(second).isNotEqualTo(second);
    }

    /** Each as a thief, a disk, a tired person or another version would leave it. */
    @Nested
    class A_damaged_backup {

        private final Random random = new Random(4711);

        @Test
        void is_never_accepted_in_any_of_a_thousand_ways() throws IOException {
            var id = write("north", Map.of("a", bytes(MIB, 1), "b", bytes(MIB + 300_000, 2), "c", bytes(40, 3)));
            var other = write("north", Map.of("a", bytes(MIB, 1), "b", bytes(MIB + 300_000, 2), "c", bytes(40, 3)));
            var south = write("south", Map.of("a", bytes(MIB, 1), "b", bytes(MIB + 300_000, 2), "c", bytes(40, 3)));
            var whole = Map.copyOf(place.files);
            assertThat(read("north", id)).hasSize(3);
            var accepted = new ArrayList<String>();
            for (var round = 0; round < 1000; round++) {
                place.files.clear();
                place.files.putAll(whole);
                var how = damage(id, other, south, round);
                try {
                    read("north", id);
                    accepted.add("round " + round + ": " + how);
                } catch (BackupRefusedException refused) {
                    assertThat(refused).hasMessageContaining("'north/" + id + "'")
                            .hasMessageContaining("right would be");
                }
            }
            assertThat(accepted).isEmpty();
        }

        private String damage(String id, String other, String south, int round) {
            var manifest = Manifest.manifestName("north", id);
            var data = Manifest.dataName("north", id);
            var name = random.nextInt(3) == 0 ? manifest : data;
            var file = bytesOf(name).clone();
            var at = random.nextInt(file.length);
            switch (round % 10) {
                case 0, 1, 2, 3 -> {
                    file[at] ^= (byte) (1 << random.nextInt(8));
                    place.files.put(name, file);
                    return "a bit of " + name + " at " + at;
                }
                case 4 -> {
                    place.files.put(name, Arrays.copyOf(file, at));
                    return name + " cut off at " + at;
                }
                case 5 -> {
                    var longer = Arrays.copyOf(file, file.length + 1 + random.nextInt(2 * MIB));
                    System.arraycopy(file, 0, longer, file.length, Math.min(file.length, longer.length - file.length));
                    place.files.put(name, longer);
                    return name + " goes on";
                }
                case 6 -> {
                    var foreign = random.nextBoolean()
                            ? Manifest.manifestName("north", other)
                            : Manifest.manifestName("south", south);
                    place.files.put(manifest, bytesOf(foreign));
                    return "the manifest of " + foreign;
                }
                case 7 -> {
                    var foreign = random.nextBoolean()
                            ? Manifest.dataName("north", other)
                            : Manifest.dataName("south", south);
                    place.files.put(data, bytesOf(foreign));
                    return "the data of " + foreign;
                }
                case 8 -> {
                    return swapSegments(data);
                }
                default -> {
                    return mixed(manifest, other, name);
                }
            }
        }

        /** Segments of one file change places, or come from another backup's file. */
        private String swapSegments(String data) {
            var file = bytesOf(data).clone();
            var from = random.nextInt(2);
            var to = 1 - from;
            var segment = Arrays.copyOfRange(file, from * MIB, (from + 1) * MIB);
            System.arraycopy(file, to * MIB, file, from * MIB, MIB);
            System.arraycopy(segment, 0, file, to * MIB, MIB);
            place.files.put(data, file);
            return "segments " + from + " and " + to;
        }

        /** The readable line of one manifest over the sealed rest of another; a file that is gone. */
        private String mixed(String manifest, String other, String name) {
            if (random.nextBoolean()) {
                place.files.remove(name);
                return name + " is gone";
            }
            var mine = bytesOf(manifest);
            var theirs = bytesOf(Manifest.manifestName("north", other));
            var mixed = theirs.clone();
            var line = text(mine).indexOf('\n');
            assertThat(text(theirs).indexOf('\n')).isEqualTo(line);
            System.arraycopy(mine, 0, mixed, 0, line);
            place.files.put(manifest, mixed);
            return "my line over another's contents";
        }
    }

    @Test
    void a_backup_of_a_newer_format_is_refused_and_says_so() throws IOException {
        var id = write("north", Map.of("a", bytes(10, 1)));
        var name = Manifest.manifestName("north", id);
        place.files.put(name, text(bytesOf(name)).replace("{\"format\":1,", "{\"format\":2,\"more\":true,")
                .getBytes(StandardCharsets.ISO_8859_1));

        refused("north", id).withMessageContaining("is of format 2, and this server reads 1");
    }

    @Test
    void a_backup_under_another_key_is_refused_and_says_so(@TempDir Path elsewhere) throws IOException {
        var id = write("north", Map.of("a", bytes(10, 1)));
        keys = BackupKeys.of(elsewhere);

        refused("north", id).withMessageContaining("was sealed with another backup key");
    }

    @Test
    void a_backup_that_was_cut_off_has_no_manifest_and_is_none() {
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> Backup.write(place, keys, JSON,
                Header.of("north", NOON, UUID.randomUUID(), keys.id()), parts -> {
                    parts.add(part("a"), target -> {
                        target.write(bytes(MIB, 1));
                        throw new UncheckedIOException(new IOException("no space"));
                    });
                    throw new AssertionError("unreached");
                }));

        assertThat(place.files).isEmpty();
    }

    @Test
    void the_key_is_made_once_and_only_its_owner_reads_it(@TempDir Path elsewhere) throws IOException {
        var made = BackupKeys.of(elsewhere);

        assertThat(BackupKeys.of(elsewhere).id()).isEqualTo(made.id());
        assertThat(Files.getPosixFilePermissions(elsewhere.resolve("keys/backup.json"))).hasSize(2);
    }

    @Test
    void memory_holds_a_segment_however_large_a_table_is() throws IOException {
        var size = 96L * MIB;
        var produced = new long[1];
        var passing = new Counting();
        Backup.write(passing, keys, JSON, Header.of("north", NOON, new UUID(1, 1), keys.id()), parts -> {
            var row = bytes(1000, 5);
            var part = parts.add(part("large"), target -> {
                for (; produced[0] < size; produced[0] += row.length) {
                    target.write(row);
                    assertThat(produced[0] - passing.bytes).isLessThan(3L * MIB);
                }
                return size / row.length;
            });
            return contents(List.of(part));
        });
        assertThat(passing.bytes).isGreaterThan(size);
    }

    @Test
    void reading_is_never_far_ahead_of_who_takes_the_rows() throws IOException {
        var id = write("north", Map.of("a", bytes(24 * MIB, 1)));
        place.taken = 0;

        Backup.open(place, keys, JSON, "north", id).read((part, rows) -> {
            var buffer = new byte[10_000];
            long taken = 0;
            for (int got; (got = rows.read(buffer)) >= 0; taken += got) {
                assertThat(place.taken - taken).isLessThan(4L * MIB);
            }
        });
        assertThat(place.taken).isGreaterThan(24L * MIB);
    }

    private org.assertj.core.api.ThrowableAssertAlternative<BackupRefusedException> refused(String clinic, String id) {
        return assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> read(clinic, id));
    }

    private int written;

    private String write(String clinic, Map<String, byte[]> parts) throws IOException {
        var header = Header.of(clinic, NOON, new UUID(0, ++written), keys.id());
        Backup.write(place, keys, JSON, header, target -> {
            var all = new ArrayList<Part>();
            for (var one : new TreeMap<>(parts).entrySet()) {
                all.add(target.add(part(one.getKey()), stream -> {
                    stream.write(one.getValue());
                    return 1;
                }));
            }
            return contents(all);
        });
        return header.id();
    }

    private Map<String, byte[]> read(String clinic, String id) throws IOException {
        var read = new TreeMap<String, byte[]>();
        Backup.open(place, keys, JSON, clinic, id)
                .read((part, rows) -> read.put(part.table(), rows.readAllBytes()));
        return read;
    }

    private static Part part(String name) {
        return new Part("odd", name, List.of(new Column("value", "text")), 0, 0, "");
    }

    private static Contents contents(List<Part> parts) {
        return new Contents("this one", "1:2:", "012", 7, List.of(), parts, List.of());
    }

    private byte[] bytesOf(String name) {
        return java.util.Objects.requireNonNull(place.files.get(name), name);
    }

    private static byte[] bytes(int length, int seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A place in memory, in which a test changes what it likes. */
    private static final class FilesByHand implements Place {

        private final Map<String, byte[]> files = new TreeMap<>();
        private long taken;

        @Override
        public void write(String name, Content content) throws IOException {
            var target = new java.io.ByteArrayOutputStream();
            content.writeTo(target);
            files.put(name, target.toByteArray());
        }

        @Override
        public InputStream read(String name) throws IOException {
            var file = files.get(name);
            if (file == null) {
                throw new NoSuchFileException(name);
            }
            return new FilterInputStream(new java.io.ByteArrayInputStream(file)) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    var got = super.read(target, offset, length);
                    taken += Math.max(0, got);
                    return got;
                }
            };
        }

        @Override
        public List<String> names(String beginning) {
            return files.keySet().stream().filter(name -> name.startsWith(beginning)).toList();
        }

        @Override
        public void remove(String name) {
            files.remove(name);
        }
    }

    /** A place that keeps nothing. */
    private static final class Counting implements Place {

        private long bytes;

        @Override
        public void write(String name, Content content) throws IOException {
            content.writeTo(new OutputStream() {
                @Override
                public void write(int one) {
                    bytes++;
                }

                @Override
                public void write(byte[] some, int offset, int length) {
                    bytes += length;
                }
            });
        }

        @Override
        public InputStream read(String name) throws IOException {
            throw new NoSuchFileException(name);
        }

        @Override
        public List<String> names(String beginning) {
            return List.of();
        }

        @Override
        public void remove(String name) {
        }
    }
}
