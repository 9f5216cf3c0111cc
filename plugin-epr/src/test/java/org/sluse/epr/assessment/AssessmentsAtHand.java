// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** For tests of other packages. */
public final class AssessmentsAtHand {

    private AssessmentsAtHand() {}

    /** Answers with these points, item by item (-1: declines), and sends. The holder of the link must be acting. */
    public static Assessment answerAndSend(Assessments assessments, Assessment assessment, int... points) {
        answer(assessments, assessment, points);
        return assessments.send();
    }

    static void answer(Assessments assessments, Assessment assessment, int... points) {
        for (var i = 0; i < points.length; i++) {
            assessments.save(answer(assessment.instrument(), i, points[i]));
        }
    }

    /** The answer that counts so many points (-1: declines). */
    public static Answer answer(Instrument instrument, int item, int points) {
        var asked = instrument.items().get(item);
        return points < 0
                ? new Answer.Declined(asked.linkId())
                : new Answer.Chosen(asked.linkId(),
                        asked.choices()
                                .stream()
                                .filter(choice -> choice.points() == points)
                                .findFirst()
                                .orElseThrow()
                                .code()
                                .code());
    }

    public static Instrument instrument(String id) {
        return Instruments.find(id).orElseThrow();
    }

    /** The clinic's own text of an instrument, made up. */
    public static Wording wording(Instrument instrument, String language) {
        return new Wording(UUID.fromString("00000000-0000-4000-8000-000000000009"), instrument.id(),
                instrument.version(), language,
                new Wording.Texts(Optional.empty(), "Copyright line of " + instrument.title(), "Stem in " + language,
                        instrument.items()
                                .stream()
                                .collect(Collectors.toMap(Instrument.Item::linkId,
                                        item -> new Wording.ItemTexts("Text of " + item.linkId() + " in " + language,
                                                item.choices()
                                                        .stream()
                                                        .map(choice -> choice.code().code())
                                                        .collect(Collectors.toMap(code -> code,
                                                                code -> "Answer " + code + " in " + language)))))),
                Instant.EPOCH, "administrator-1");
    }
}
