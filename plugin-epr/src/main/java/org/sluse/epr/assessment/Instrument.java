// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A questionnaire as it is used here: verbatim texts, codes, points and bands. Data, no behaviour of one instrument alone.
 *
 * @param id ours, for example {@code phq-9}
 * @param version of this definition; a change of any text or code makes a new one
 * @param title as people say it, the same in each language
 * @param panelCode LOINC code of the panel
 * @param totalCode LOINC code of the total
 * @param totalDisplay LOINC's name of the total
 * @param stem what stands before each item, by language
 * @param choices from least to most; the same for each item
 * @param bands without gaps, from 0 to the largest possible total
 * @param safetyItem the item on which any answer but the first raises a flag
 * @param notice the licence's sentence, shown to whoever answers
 */
public record Instrument(String id, String version, String title, String panelCode, String totalCode,
        String totalDisplay, Map<String, String> stem,
        List<Item> items, List<Choice> choices, List<Band> bands, Optional<String> safetyItem, String notice) {

    /**
     * One question.
     *
     * @param linkId its LOINC code
     * @param text by language
     */
    public record Item(String linkId, Map<String, String> text) {}

    /**
     * One possible answer.
     *
     * @param code LOINC answer code
     * @param points what it adds to the total
     * @param text by language
     */
    public record Choice(String code, int points, Map<String, String> text) {}

    /**
     * A range of totals with a name.
     *
     * @param from in points, inclusive
     * @param to in points, inclusive
     * @param name key of its text, {@code band.<name>}
     * @param english the band's name where no text bundle is at hand (FHIR)
     * @param code LOINC answer code, where there is one
     */
    public record Band(int from, int to, String name, String english, Optional<String> code) {}

    /** Languages in which every text is known (BCP 47). */
    public Set<String> languages() {
        return stem.keySet();
    }

    /** The largest possible total. */
    public int largestTotal() {
        return bands.getLast().to();
    }

    /** The item with this link id. */
    public Optional<Item> item(String linkId) {
        return items.stream().filter(item -> item.linkId().equals(linkId)).findFirst();
    }

    /** The choice with this code. */
    public Optional<Choice> choice(String code) {
        return choices.stream().filter(choice -> choice.code().equals(code)).findFirst();
    }

    /** Whether the answer must be looked at by a person at once. */
    public boolean raisesFlag(Answer answer) {
        return answer instanceof Answer.Chosen chosen && safetyItem.filter(chosen.linkId()::equals).isPresent()
                && choice(chosen.code()).filter(choice -> choice.points() > 0).isPresent();
    }
}
