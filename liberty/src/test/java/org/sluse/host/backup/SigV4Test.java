// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sluse.host.key.Sha256;

/** Against the examples of "Authenticating Requests: Using the Authorization Header" (AWS Signature Version 4) of the S3 reference. */
class SigV4Test {

    private static final SigV4 EXAMPLE = new SigV4("us-east-1", "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final String HOST = "examplebucket.s3.amazonaws.com";
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
    private static final String EMPTY = HexFormat.of().formatHex(Sha256.of(""));

    @Test
    void reading_a_range_is_signed_as_the_reference_says() {
        var headers = EXAMPLE.sign("GET", HOST, "/test.txt", new TreeMap<>(), Map.of("Range", "bytes=0-9"), EMPTY,
                THEN);

        assertThat(headers).containsEntry("x-amz-date", "20130524T000000Z")
                .containsEntry("authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void a_query_is_signed_in_the_order_of_its_names() {
        var headers = EXAMPLE.sign("GET", HOST, "/", new TreeMap<>(Map.of("prefix", "J", "max-keys", "2")), Map.of(),
                EMPTY, THEN);

        assertThat(headers.get("authorization"))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void a_parameter_without_a_value_is_signed_with_an_equals_sign() {
        var headers = EXAMPLE.sign("GET", HOST, "/", new TreeMap<>(Map.of("lifecycle", "")), Map.of(), EMPTY, THEN);

        assertThat(headers.get("authorization"))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void everything_but_unreserved_signs_is_encoded() {
        assertThat(SigV4.encoded("north@keys a*~+/é.data")).isEqualTo("north%40keys%20a%2A~%2B%2F%C3%A9.data");
    }

    @Test
    void the_secret_key_is_never_said() {
        assertThat(EXAMPLE.toString()).doesNotContain("wJalr");
    }
}
