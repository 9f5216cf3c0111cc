// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SecureIdsTest {

    private final SecureIds ids = new SecureIds();

    @Test
    void gives_random_uuids() {
        var many = Stream.generate(ids::next).limit(10_000).toList();

        assertThat(many).doesNotHaveDuplicates().allMatch(id -> id.version() == 4 && id.variant() == 2);
    }

    @Test
    void gives_tokens_of_128_bits_that_fit_into_an_address() {
        var many = Stream.generate(ids::token).limit(10_000).toList();

        assertThat(many).doesNotHaveDuplicates().allMatch(token -> token.matches("[A-Za-z0-9_-]{22}"));
    }
}
