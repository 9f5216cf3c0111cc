// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.host.backup.CloudStorageStandIn.Mishap;
import org.sluse.host.outgoing.PersistentHttp;

class CloudStoragePlaceTest extends PlaceContract {

    private static final String KEY = "nights/north/1.data";

    private final List<Duration> pauses = new ArrayList<>();
    private final CloudStorageStandIn store = new CloudStorageStandIn();
    private final PersistentHttp http = new PersistentHttp(pauses::add);
    private final CloudStoragePlace place = place(CloudStorageStandIn.BUCKET);

    @AfterEach
    void stop() {
        http.stop();
        store.close();
    }

    @Override
    Place place() {
        return place;
    }

    private CloudStoragePlace place(String bucket) {
        return new CloudStoragePlace(Bucket.of("gs://" + bucket + "/nights"), store.google.address(),
                store.google.machine(http, Clock.systemUTC()), http);
    }

    private void write(int mebibytes) throws IOException {
        place.write("north/1.data", target -> random(mebibytes, target));
    }

    @Test
    void what_is_large_goes_in_chunks_of_16_mebibytes() throws IOException {
        write(40);

        assertThat(store.ranges).containsExactly("PUT bytes 0-16777215/*", "PUT bytes 16777216-33554431/*",
                "PUT bytes 33554432-41943039/41943040");
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void of_two_who_write_one_name_at_once_the_first_to_end_has_it(int mebibytes) throws IOException {
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> place.write("north/1.data", target -> {
                    random(mebibytes, target);
                    place.write("north/1.data", other -> other.write(7));
                }));

        assertThat(store.objects.get(KEY)).containsExactly(7);
        assertThat(store.sessions).isEmpty();
    }

    @Test
    void no_session_is_left_of_what_was_cut_off() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place.write("north/1.data", target -> {
            random(40, target);
            assertThat(store.sessions).hasSize(1);
            throw new IOException("The connection to the database is broken");
        }));

        assertThat(store.sessions).isEmpty();
        assertThat(store.objects).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HALF", "UNSAID", "NOTHING"})
    void an_upload_goes_on_with_what_is_not_there_yet(Mishap mishap) throws IOException {
        store.mishaps.add(mishap);
        store.mishaps.add(mishap);

        write(17);

        assertThat(store.objects.get(KEY)).hasSize(17 * MIB);
        try (var read = place.read("north/1.data")) {
            var expected = new ByteArrayOutputStream();
            random(17, expected);
            assertThat(read.readAllBytes()).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void after_a_chunk_without_an_answer_the_store_is_asked_what_is_there() throws IOException {
        store.mishaps.add(Mishap.UNSAID);

        write(1);

        assertThat(store.ranges).containsExactly("PUT bytes 0-1048575/1048576", "PUT bytes */1048576");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void a_session_that_is_over_is_begun_anew_while_all_of_it_is_here() throws IOException {
        store.mishaps.add(Mishap.GONE);

        write(1);

        assertThat(store.objects.get(KEY)).hasSize(MIB);
    }

    @Test
    void a_session_that_is_over_in_the_middle_fails_and_leaves_nothing() throws IOException {
        assertThatExceptionOfType(PlaceFailedException.class)
                .isThrownBy(() -> place.write("north/1.data", target -> {
                    random(17, target);
                    store.mishaps.add(Mishap.GONE);
                }))
                .withMessage(
                        "The backup place 'gs://clinic-backups/nights' has ended an upload in its middle; right would be to make the backup again");

        assertThat(store.objects).isEmpty();
        assertThat(place.names("")).isEmpty();
    }

    @Test
    void a_store_that_is_busy_is_asked_again_after_growing_pauses() throws IOException {
        store.google.fails(503, 500, 0);

        assertThat(place.names("")).isEmpty();

        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void it_is_given_up_after_five_attempts() {
        store.google.fails(503, 503, 503, 503, 503);

        assertThatExceptionOfType(PlaceFailedException.class).isThrownBy(() -> place.names(""))
                .withMessage(
                        "The backup place 'gs://clinic-backups/nights' answers 503; right would be to try again later");
    }

    @Test
    void a_wrong_bucket_is_named() {
        assertThatExceptionOfType(PlaceFailedException.class).isThrownBy(() -> place("no-such-bucket").names(""))
                .withMessage(
                        "The backup place 'gs://no-such-bucket/nights' has no bucket of that name; right would be one that exists");
    }

    @Test
    void an_account_that_may_not_is_told_what_would_be_right() {
        store.google.fails(403);

        assertThatExceptionOfType(PlaceFailedException.class).isThrownBy(() -> place.names(""))
                .withMessageContaining("right would be the role roles/storage.objectUser on the bucket");
    }

    @Test
    void the_address_of_a_session_is_in_no_message() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place.write("north/1.data", target -> {
            random(17, target);
            store.google.fails(503, 503, 503, 503, 503, 503, 503, 503, 503, 503);
        })).satisfies(failed -> assertThat(failed.toString()).doesNotContain("secret-", "upload_id"));
    }
}
