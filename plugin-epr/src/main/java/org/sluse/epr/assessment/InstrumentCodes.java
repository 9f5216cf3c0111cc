// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.epr.assessment.Instrument.Code;
import org.sluse.epr.assessment.Instrument.Item;

/** Whether a code means what it is used for. Only codes of the catalogue, which have a source, do. */
public final class InstrumentCodes {

    private InstrumentCodes() {}

    /** What a code stands for. */
    public sealed interface Use {

        /** The instrument as a whole. */
        record Panel() implements Use {}

        /** Its score. */
        record Total() implements Use {}

        /** One of its questions. */
        record Question(String linkId) implements Use {}
    }

    /**
     * Why the code must not stand for this.
     *
     * @param code {@code code-system} when the system is none of an instrument's, else {@code code-wrong}
     * @param detail one English sentence: what is wrong; what would be right
     */
    public record Refusal(String code, String detail) {}

    /** Empty when the code is right. */
    public static Optional<Refusal> refuse(Instrument instrument, Use use, String system, String code) {
        var right = right(instrument, use);
        if (right.filter(one -> one.is(system, code)).isPresent()) {
            return Optional.empty();
        }
        var instead = right.map(one -> "right would be '" + one.token() + "'")
                .orElse("nobody has published one; right would be no code");
        var meaning = meaning(system, code);
        if (!meaning.isEmpty()) {
            return Optional.of(new Refusal("code-wrong",
                    "'" + system + "|" + code + "' is " + meaning + ", not " + words(instrument, use) + "; "
                            + instead));
        }
        if (!instrument.systems().contains(system) && !instrument.refused().contains(new Code(system, code, ""))) {
            return Optional.of(new Refusal("code-system",
                    "'" + system + "' is not the code system of " + words(instrument, use) + "; " + instead));
        }
        return Optional.of(new Refusal("code-wrong",
                "'" + system + "|" + code + "' is not known to be " + words(instrument, use) + "; " + instead));
    }

    private static Optional<Code> right(Instrument instrument, Use use) {
        return switch (use) {
            case Use.Panel() -> instrument.panel();
            case Use.Total() -> Optional.of(instrument.total());
            case Use.Question(var linkId) -> instrument.item(linkId).map(Item::code);
        };
    }

    private static String words(Instrument instrument, Use use) {
        return switch (use) {
            case Use.Panel() -> instrument.title() + " as a whole";
            case Use.Total() -> "the score of " + instrument.title();
            case Use.Question(var linkId) -> "question " + numberOf(instrument, linkId) + " of " + instrument.title();
        };
    }

    private static int numberOf(Instrument instrument, String linkId) {
        return instrument.items().stream().map(Item::linkId).toList().indexOf(linkId) + 1;
    }

    /** What the code is in the catalogue: several things where instruments share a question, blank for nothing. */
    private static String meaning(String system, String code) {
        return Instruments.ALL.stream()
                .flatMap(one -> Stream
                        .concat(Stream.of(new Use.Panel(), new Use.Total()),
                                one.items().stream().map(item -> new Use.Question(item.linkId())))
                        .filter(use -> right(one, use).filter(known -> known.is(system, code)).isPresent())
                        .map(use -> words(one, use)))
                .collect(Collectors.joining(" and "));
    }
}
