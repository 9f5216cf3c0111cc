// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.host.outgoing.Stranger;
import org.sluse.testkit.KnownIds;

/** What no store does on demand: it is busy, hangs up, says no after it said yes. Answers are those of the S3 reference. */
class S3FaultsTest {

    private static final String NOTHING = "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>false</IsTruncated></ListBucketResult>";
    private static final String BEGUN = "<InitiateMultipartUploadResult><UploadId>u-1</UploadId></InitiateMultipartUploadResult>";
    private static final String COMPLETED = "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>";
    private static final Map<String, String> ETAG = Map.of("ETag", "\"e\"");
    private static final byte[] NO_BODY = {};

    private final List<Duration> pauses = new ArrayList<>();
    private final Stranger store = new Stranger();
    private final PersistentHttp http = new PersistentHttp(pauses::add);
    private final Bucket bucket = Bucket.of("s3://clinic-backups/nights");
    private final S3Place place = new S3Place(bucket,
            new S3Calls(bucket, store.address(), new SigV4("eu-north-1", "access", "never-said"), http,
                    Clock.fixed(Instant.parse("2026-11-27T03:00:00Z"), ZoneOffset.UTC)),
            new KnownIds());

    @AfterEach
    void stop() {
        http.stop();
        store.close();
    }

    private static String error(String code) {
        return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>No.</Message></Error>";
    }

    private void write(int mebibytes) throws IOException {
        place.write("north/1.data", target -> PlaceContract.random(mebibytes, target));
    }

    @Test
    void a_store_that_is_busy_is_asked_again_after_growing_pauses() throws IOException {
        store.says(503, error("SlowDown")).says(500, error("InternalError")).hangsUp().says(200, NOTHING);

        assertThat(place.names("")).isEmpty();

        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void it_is_given_up_after_five_attempts() {
        for (var attempt = 0; attempt < 5; attempt++) {
            store.says(503, error("SlowDown"));
        }

        assertThatExceptionOfType(PlaceFailedException.class).isThrownBy(() -> place.names(""))
                .withMessageContaining("'s3://clinic-backups/nights' answers 503 (SlowDown); right would be");
        assertThat(store.asked()).hasSize(5);
    }

    @Test
    void a_list_goes_on_where_a_page_ended() throws IOException {
        store.says(200, """
                <ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>nights/south/1.data</Key></Contents>
                <Contents><Key>nights/readme.txt</Key></Contents>
                <NextContinuationToken>a+b/c=</NextContinuationToken></ListBucketResult>""")
                .says(200,
                        "<ListBucketResult><Contents><Key>nights/north/1.data</Key></Contents></ListBucketResult>");

        assertThat(place.names("")).containsExactly("north/1.data", "south/1.data");

        assertThat(store.asked()).extracting(Stranger.Asked::target)
                .containsExactly("/clinic-backups?list-type=2&prefix=nights%2F",
                        "/clinic-backups?continuation-token=a%2Bb%2Fc%3D&list-type=2&prefix=nights%2F");
    }

    @Test
    void what_is_small_is_put_at_once_and_only_where_nothing_is() throws IOException {
        store.says(200, NOTHING).says(200, ETAG, NO_BODY);

        write(0);

        assertThat(store.asked().getLast()).satisfies(put -> {
            assertThat(put.method() + " " + put.target()).isEqualTo("PUT /clinic-backups/nights/north/1.data");
            assertThat(put.header("If-none-match")).isEqualTo("*");
            assertThat(put.header("Authorization")).contains("if-none-match;", "x-amz-meta-sluse-writer,")
                    .doesNotContain("never-said");
        });
    }

    @Test
    void what_is_large_goes_in_parts_of_16_mebibytes() throws IOException {
        store.says(200, NOTHING)
                .says(200, BEGUN)
                .says(200, ETAG, NO_BODY)
                .says(200, ETAG, NO_BODY)
                .says(200, COMPLETED);

        write(17);

        assertThat(store.asked()).extracting(one -> one.method() + " " + one.target() + " " + one.body().length)
                .startsWith("GET /clinic-backups?list-type=2&prefix=nights%2Fnorth%2F1.data 0",
                        "POST /clinic-backups/nights/north/1.data?uploads= 0",
                        "PUT /clinic-backups/nights/north/1.data?partNumber=1&uploadId=u-1 16777216",
                        "PUT /clinic-backups/nights/north/1.data?partNumber=2&uploadId=u-1 1048576");
        assertThat(store.asked().getLast().header("If-none-match")).isEqualTo("*");
        assertThat(store.asked().getLast().body()).asString()
                .isEqualTo(
                        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&quot;e&quot;</ETag></Part><Part><PartNumber>2</PartNumber><ETag>&quot;e&quot;</ETag></Part></CompleteMultipartUpload>");
    }

    @Test
    void a_yes_with_a_no_in_it_is_a_no_and_asked_again() throws IOException {
        store.says(200, NOTHING)
                .says(200, BEGUN)
                .says(200, ETAG, NO_BODY)
                .says(200, ETAG, NO_BODY)
                .says(200, error("InternalError"))
                .says(200, COMPLETED);

        write(17);

        assertThat(store.asked()).hasSize(6);
    }

    @Test
    void what_was_made_by_an_attempt_whose_answer_was_lost_is_ours() throws IOException {
        store.says(200, NOTHING).hangsUp().says(412, error("PreconditionFailed"));
        var ours = Map.of("x-amz-meta-sluse-writer", new KnownIds().token());
        store.says(200, ours, NO_BODY);

        write(0);

        assertThat(store.asked().getLast().method()).isEqualTo("HEAD");
    }

    @Test
    void a_write_that_meets_another_one_of_the_same_name_is_tried_again() throws IOException {
        store.says(200, NOTHING).says(409, error("ConditionalRequestConflict")).says(200, ETAG, NO_BODY);

        write(0);

        assertThat(store.asked()).extracting(Stranger.Asked::method).containsExactly("GET", "PUT", "PUT");
    }

    @Test
    void what_another_made_meanwhile_stays() {
        store.says(200, NOTHING)
                .says(412, error("PreconditionFailed"))
                .says(200, Map.of("x-amz-meta-sluse-writer", "somebody"), NO_BODY);

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> write(0));
    }

    @Test
    void an_upload_that_fails_is_ended_at_the_store() {
        store.says(200, NOTHING).says(200, BEGUN).says(403, error("AccessDenied")).says(204, "");

        assertThatExceptionOfType(PlaceFailedException.class).isThrownBy(() -> write(17))
                .withMessageContaining("does not allow it to the access key 'access'; right would be a policy with");

        assertThat(store.asked().getLast()).satisfies(
                ended -> assertThat(ended.method() + " " + ended.target())
                        .isEqualTo("DELETE /clinic-backups/nights/north/1.data?uploadId=u-1"));
    }

    @Test
    void a_bucket_of_another_region_says_which() {
        store.says(301, Map.of("x-amz-bucket-region", "eu-central-1"),
                error("PermanentRedirect").getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(PlaceFailedException.class).isThrownBy(() -> place.names(""))
                .withMessageEndingWith(
                        "does not lie in region 'eu-north-1'; right would be sluse.backup.s3.region=eu-central-1");
    }

    @Test
    void what_is_read_is_of_one_version() throws IOException {
        var mebibytes = new byte[4 << 20];
        store.says(206, Map.of("ETag", "\"v1\"", "Content-Range", "bytes 0-4194303/4194305"), mebibytes)
                .says(206, Map.of("ETag", "\"v1\"", "Content-Range", "bytes 4194304-4194304/4194305"), new byte[1]);

        try (var read = place.read("north/1.data")) {
            assertThat(read.readAllBytes()).hasSize((4 << 20) + 1);
        }

        assertThat(store.asked()).extracting(one -> one.header("Range") + " " + one.header("If-match"))
                .containsExactly("bytes=0-4194303 ", "bytes=4194304-8388607 \"v1\"");
    }

    @Test
    void an_answer_with_a_document_type_is_not_read() {
        store.says(200, "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><r><Key>&e;</Key></r>");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> place.names(""))
                .withMessage("an answer that is no XML");
    }
}
