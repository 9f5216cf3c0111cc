// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A questionnaire as it is used here: verbatim texts, codes, points and bands. Data, no behaviour of one instrument alone. Where the licence does not let the texts come with this software there
 * are none, until the clinic brings its own ({@link #in}).
 *
 * @param id ours, for example {@code phq-9}
 * @param version of this definition; a change of any text or code makes a new one
 * @param title as people say it, the same in each language
 * @param panel its code as a whole; empty where nobody has published one
 * @param total the code of its score
 * @param stem what stands before each item, by language; empty where the items say everything
 * @param items at least one
 * @param scoring how answers become a score
 * @param safety when somebody has to look at once; empty where no item asks about danger to life
 * @param refused codes that are in use for it somewhere and belong to something else
 * @param notice the licence's sentence, shown to whoever answers; blank as long as the clinic has not brought the texts
 */
public record Instrument(String id, String version, String title, Optional<Code> panel, Code total,
        Map<String, String> stem, List<Item> items, Scoring scoring, Optional<Safety> safety, Set<Code> refused,
        String notice) {

    public Instrument {
        items = List.copyOf(items);
        var ids = new HashSet<String>();
        items.forEach(item -> {
            if (!ids.add(item.linkId())) {
                throw wrong(id, "two items '" + item.linkId() + "'", "one of each");
            }
        });
        if (safety.filter(rule -> !ids.contains(rule.item())).isPresent()) {
            throw wrong(id, "a safety item that it does not ask", "one of " + ids);
        }
        var largest = items.stream().mapToInt(Item::largest).sum() * scoring.factor();
        if (scoring.largestTotal() != largest) {
            throw wrong(id, "a largest total of " + scoring.largestTotal(), "the sum of its items, " + largest);
        }
        if (scoring.mayBeMissing() >= items.size()) {
            throw wrong(id, "as many items that may be missing as it has", "fewer than " + items.size());
        }
    }

    private static IllegalArgumentException wrong(String id, String what, String right) {
        return new IllegalArgumentException("Instrument '" + id + "' has " + what + "; right would be " + right);
    }

    /**
     * What a code system calls something.
     *
     * @param system a URI, for example {@code http://loinc.org}
     * @param display the system's own name of it; blank where none is needed
     */
    public record Code(String system, String code, String display) {

        /** Whether both mean the same, whatever they are displayed as. */
        boolean is(String otherSystem, String otherCode) {
            return system.equals(otherSystem) && code.equals(otherCode);
        }

        /** {@code http://loinc.org|44261-6} */
        String token() {
            return system + "|" + code;
        }
    }

    /**
     * One question.
     *
     * @param linkId unique in the instrument; the same as the code
     * @param choices at least two, from the least to the most points as the form prints them; an item that is scored in reverse has the points that count
     * @param text by language
     */
    public record Item(String linkId, Code code, List<Choice> choices, Map<String, String> text) {

        public Item {
            choices = List.copyOf(choices);
            text = Map.copyOf(text);
        }

        /** The choice with this code. */
        public Optional<Choice> choice(String wanted) {
            return choices.stream().filter(one -> one.code().code().equals(wanted)).findFirst();
        }

        int largest() {
            return choices.stream().mapToInt(Choice::points).max().orElse(0);
        }
    }

    /**
     * One possible answer.
     *
     * @param code unique in the item
     * @param points what it adds to the sum
     * @param text by language
     */
    public record Choice(Code code, int points, Map<String, String> text) {

        public Choice {
            text = Map.copyOf(text);
        }
    }

    /**
     * From answers to a score.
     *
     * @param factor by which the sum is multiplied, at least 1
     * @param mayBeMissing how many items may have no answer, the score then being the mean of the others for all; 0: no score unless each has one
     * @param largestTotal the largest possible score
     * @param bands the lowest first, the first from 0; none where nobody has published any
     * @param change how many points are a change, where that is published
     */
    public record Scoring(int factor, int mayBeMissing, int largestTotal, List<Band> bands,
            Optional<Integer> change) {

        public Scoring {
            bands = List.copyOf(bands);
            var from = -1;
            for (var band : bands) {
                if (band.from() <= from || from == -1 && band.from() != 0 || band.from() > largestTotal) {
                    throw new IllegalArgumentException("The band '" + band.name() + "' begins at " + band.from()
                            + "; right would be bands from 0 to " + largestTotal + ", the lowest first");
                }
                from = band.from();
            }
        }

        /** Where a score lies. */
        public Optional<Band> bandOf(BigDecimal total) {
            return bands.reversed().stream().filter(band -> total.intValue() >= band.from()).findFirst();
        }
    }

    /**
     * A range of scores with a name, up to where the next one begins.
     *
     * @param from in points, inclusive
     * @param name key of its text, {@code band.<name>}
     * @param english the band's name where no text bundle is at hand (FHIR)
     * @param code where one is published
     */
    public record Band(int from, String name, String english, Optional<Code> code) {}

    /**
     * When somebody has to look at once.
     *
     * @param item link id
     * @param from the fewest points that do it
     */
    public record Safety(String item, int from) {}

    /** Languages in which every text is known (BCP 47), English first. */
    public List<String> languages() {
        return items.getFirst()
                .text()
                .keySet()
                .stream()
                .filter(language -> items.stream()
                        .allMatch(item -> item.text().containsKey(language) && item.choices()
                                .stream()
                                .allMatch(choice -> choice.text().containsKey(language))))
                .sorted((one, other) -> one.equals("en") ? -1 : other.equals("en") ? 1 : one.compareTo(other))
                .toList();
    }

    /** The same instrument in the words of the clinic's own text; each other language is as it was. */
    public Instrument in(Wording own) {
        var text = own.texts();
        return new Instrument(id, version, title, panel, total,
                text.stem().isEmpty() ? without(stem, own.language()) : with(stem, own.language(), text.stem()),
                items.stream()
                        .map(item -> new Item(item.linkId(), item.code(),
                                item.choices()
                                        .stream()
                                        .map(choice -> new Choice(choice.code(), choice.points(),
                                                with(choice.text(), own.language(),
                                                        text.of(item.linkId()).choice(choice.code().code()))))
                                        .toList(),
                                with(item.text(), own.language(), text.of(item.linkId()).text())))
                        .toList(),
                scoring, safety, refused, text.notice());
    }

    private static Map<String, String> with(Map<String, String> texts, String language, String text) {
        var all = new HashMap<>(texts);
        all.put(language, text);
        return Map.copyOf(all);
    }

    private static Map<String, String> without(Map<String, String> texts, String language) {
        var others = new HashMap<>(texts);
        others.remove(language);
        return Map.copyOf(others);
    }

    /** The item with this link id. */
    public Optional<Item> item(String linkId) {
        return items.stream().filter(item -> item.linkId().equals(linkId)).findFirst();
    }

    /** The choice that an answer is. */
    public Optional<Choice> choice(Answer.Chosen answer) {
        return item(answer.linkId()).flatMap(item -> item.choice(answer.code()));
    }

    /** Whether the answer must be looked at by a person at once. */
    public boolean raisesFlag(Answer answer) {
        return answer instanceof Answer.Chosen chosen
                && safety.filter(rule -> rule.item().equals(chosen.linkId())
                        && choice(chosen).filter(choice -> choice.points() >= rule.from()).isPresent()).isPresent();
    }

    /** Every code that means something of this instrument. */
    Stream<Code> codes() {
        return Stream.of(panel.stream(), Stream.of(total), items.stream().map(Item::code)).flatMap(one -> one);
    }

    /** The code systems that it speaks. */
    Set<String> systems() {
        return Stream.concat(codes(), items.stream().flatMap(item -> item.choices().stream()).map(Choice::code))
                .map(Code::system)
                .collect(Collectors.toUnmodifiableSet());
    }
}
