// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.peer.s3.S3PeerProcess;
import org.sluse.testkit.KnownIds;

/** Against S3Proxy, a store that speaks the S3 API and checks signatures. */
class S3PlaceTest extends PlaceContract {

    private static final String BUCKET = "clinic-backups";
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    private static Path kept = Path.of("");
    private static @Nullable S3PeerProcess peer;

    private final KnownIds ids = new KnownIds();
    private final PersistentHttp http = new PersistentHttp(S3PlaceTest::noPause);
    private final String prefix = "nights/of-" + TESTS.incrementAndGet();
    private final S3Place place = place(BUCKET, S3PeerProcess.ACCESS_KEY, S3PeerProcess.SECRET_KEY,
            Clock.systemUTC());

    @BeforeAll
    static void a_store() {
        peer = S3PeerProcess.start(kept, BUCKET);
    }

    @AfterAll
    static void no_store() {
        peer().close();
    }

    @AfterEach
    void stop() {
        http.stop();
    }

    private static S3PeerProcess peer() {
        return Objects.requireNonNull(peer);
    }

    @Override
    Place place() {
        return place;
    }

    private S3Place place(String bucket, String accessKey, String secretKey, Clock clock) {
        return place(peer().endpoint(), bucket, accessKey, secretKey, clock);
    }

    private S3Place place(URI endpoint, String bucket, String accessKey, String secretKey, Clock clock) {
        var at = Bucket.of("s3://" + bucket + "/" + prefix);
        return new S3Place(at, new S3Calls(at, endpoint, new SigV4("eu-north-1", accessKey, secretKey), http, clock),
                ids);
    }

    private static void noPause(Duration time) {
        throw new AssertionError("It answers at once; no pause of " + time);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void of_two_who_write_one_name_at_once_the_first_to_end_has_it(int mebibytes) throws IOException {
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> place.write("north/1.data", target -> {
                    random(mebibytes, target);
                    place.write("north/1.data", other -> other.write(7));
                }));

        try (var read = place.read("north/1.data")) {
            assertThat(read.readAllBytes()).containsExactly(7);
        }
    }

    @Test
    void no_part_is_left_of_an_upload_that_was_cut_off() throws IOException {
        var before = large();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place.write("north/1.data", target -> {
            random(40, target);
            assertThat(large()).as("parts lie at the store by now").hasSizeGreaterThan(before.size());
            throw new IOException("The connection to the database is broken");
        }));

        assertThat(large()).isEqualTo(before);
    }

    /** What lies on the store's disk, but for small files. */
    private static List<Path> large() throws IOException {
        try (var files = Files.walk(kept)) {
            return files.filter(file -> Files.isRegularFile(file) && file.toFile().length() > MIB).sorted().toList();
        }
    }

    @Test
    void the_store_knows_nothing_of_other_prefixes_of_the_bucket() throws IOException {
        place.write("north/1.data", target -> target.write(1));
        var deeper = Bucket.of("s3://" + BUCKET + "/" + prefix.substring(0, 6));

        assertThat(deeper.file(prefix + "/north/1.data")).isEmpty();
        assertThat(place.names("")).containsExactly("north/1.data");
    }

    @Test
    void a_wrong_bucket_is_named() {
        assertThatExceptionOfType(PlaceFailedException.class)
                .isThrownBy(() -> place("no-such-bucket", S3PeerProcess.ACCESS_KEY, S3PeerProcess.SECRET_KEY,
                        Clock.systemUTC()).names(""))
                .withMessage("The backup place 's3://no-such-bucket/" + prefix
                        + "' has no bucket of that name; right would be one that exists at " + peer().endpoint());
    }

    @Test
    void a_wrong_secret_key_is_not_said() {
        assertThatExceptionOfType(PlaceFailedException.class)
                .isThrownBy(() -> place(BUCKET, S3PeerProcess.ACCESS_KEY, "guessed-secret", Clock.systemUTC())
                        .write("north/1.data", target -> target.write(1)))
                .withMessageContaining("does not accept the signature; right would be, in the file of")
                .withMessageNotContaining("guessed");
    }

    @Test
    void a_wrong_access_key_is_named() {
        assertThatExceptionOfType(PlaceFailedException.class)
                .isThrownBy(
                        () -> place(BUCKET, "somebody", S3PeerProcess.SECRET_KEY, Clock.systemUTC()).names(""))
                .withMessageContaining("does not know the access key 'somebody'; right would be");
    }

    @Test
    void a_clock_that_is_wrong_is_named() {
        assertThatExceptionOfType(PlaceFailedException.class)
                .isThrownBy(() -> place(BUCKET, S3PeerProcess.ACCESS_KEY, S3PeerProcess.SECRET_KEY,
                        Clock.offset(Clock.systemUTC(), Duration.ofHours(-2))).names(""))
                .withMessageContaining("has another time than this machine, whose clock says");
    }
}
