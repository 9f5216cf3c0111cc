// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudKmsTest extends SealingContract {

    private static final UnaryOperator<String> OTHER_SUM = answer -> answer
            .replaceAll("(ciphertextCrc32c|plaintextCrc32c)\": \"\\d+\"", "$1\": \"1\"");

    private final KmsStandIn kms = new KmsStandIn();
    private final CloudKms key = kms.key("root");

    @AfterEach
    void stop() {
        kms.close();
    }

    @Override
    Sealing sealing() {
        return key;
    }

    @Override
    Sealing another() {
        return kms.key("another");
    }

    @Test
    void one_call_seals_and_one_opens() {
        var cipher = key.encrypt(PLAIN, BINDING);
        assertThat(kms.calls).hasValue(1);

        assertThat(key.decrypt(cipher, BINDING)).contains(PLAIN);
        assertThat(kms.calls).hasValue(2);
    }

    @Nested
    class An_answer_that_was_altered_on_its_way {

        @Test
        void is_thrown_away_and_asked_for_again() {
            kms.alters(OTHER_SUM, answer -> answer.replace("verifiedPlaintextCrc32c\": true",
                    "verifiedPlaintextCrc32c\": false"));

            var cipher = key.encrypt(PLAIN, BINDING);

            assertThat(kms.calls).hasValue(3);
            kms.alters(OTHER_SUM, OTHER_SUM);
            assertThat(key.decrypt(cipher, BINDING)).contains(PLAIN);
            assertThat(kms.calls).hasValue(6);
        }

        @Test
        void is_refused_the_third_time() {
            kms.alters(OTHER_SUM, answer -> answer.replace("cryptoKeys/root/", "cryptoKeys/another/"),
                    answer -> answer.replace("verifiedAdditionalAuthenticatedDataCrc32c\": true",
                            "verifiedAdditionalAuthenticatedDataCrc32c\": false"));

            assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> key.encrypt(PLAIN, BINDING))
                    .withMessageStartingWith("What comes from the key service of '" + KmsStandIn.RING
                            + "root' is not what it sent, 3 times; right would be");
            assertThat(kms.calls).hasValue(3);
        }
    }

    @Nested
    class The_service {

        @Test
        void is_asked_again_when_it_is_busy() {
            kms.google.fails(503, 500, 429, 0);

            assertThat(key.decrypt(key.encrypt(PLAIN, BINDING), BINDING)).contains(PLAIN);
        }

        @Test
        void is_given_up_after_five_attempts() {
            kms.google.fails(503, 503, 503, 503, 503);

            assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> key.encrypt(PLAIN, BINDING))
                    .withMessage("The key '" + KmsStandIn.RING
                            + "root' answers 503; right would be to try again later. A server that runs goes on without it, and one that starts needs it");
        }

        @Test
        void says_when_the_account_may_not_use_the_key() {
            assertThatExceptionOfType(KeyServiceException.class)
                    .isThrownBy(() -> kms.key("somebody-elses").encrypt(PLAIN, BINDING))
                    .withMessageContaining("right would be the role roles/cloudkms.cryptoKeyEncrypterDecrypter on it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "projects/p/locations/l/keyRings/r/cryptoKeys/k", "gcp-kms://projects/p",
            "gcp-kms://projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1",
            "aws-kms://projects/p/locations/l/keyRings/r/cryptoKeys/k",
            "gcp-kms://projects/p/locations/l/keyRings/r/cryptoKeys/k?x=y"})
    void only_the_address_of_a_key_is_taken(String address) {
        assertThatExceptionOfType(KeyServiceException.class).isThrownBy(() -> kms.at(address))
                .withMessageContaining("right would be gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K");
    }
}
