// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The texts of an instrument in one language, as the clinic brought them. Never changed: another text is another wording, and who was asked in this one was asked in this one.
 *
 * @param instrument id
 * @param version of the instrument's definition that it was read against
 * @param language {@code nb}, {@code de} or {@code en}
 * @param importedBy id in the clinic's list of people
 */
public record Wording(UUID id, String instrument, String version, String language, Texts texts, Instant importedAt,
        String importedBy) {

    /**
     * What people read.
     *
     * @param source the file's own canonical address with its version, for example {@code https://clinic.example/Questionnaire/core-10|2}; empty when it has none
     * @param notice the copyright line
     * @param stem what stands before each item; empty for nothing
     * @param items by link id: each of the instrument's
     */
    public record Texts(Optional<String> source, String notice, String stem, Map<String, ItemTexts> items) {

        public Texts {
            items = Map.copyOf(items);
        }

        /** @throws IllegalStateException it is none of the instrument's items */
        ItemTexts of(String linkId) {
            return Optional.ofNullable(items.get(linkId))
                    .orElseThrow(() -> new IllegalStateException("The wording has no item '" + linkId + "'"));
        }
    }

    /** One question and what it may be answered with, by code. */
    public record ItemTexts(String text, Map<String, String> choices) {

        public ItemTexts {
            choices = Map.copyOf(choices);
        }

        String choice(String code) {
            return Optional.ofNullable(choices.get(code))
                    .orElseThrow(() -> new IllegalStateException("The wording has no choice '" + code + "'"));
        }
    }
}
