// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** An assessment as a row at the desk. @param version of the questionnaire that was asked */
public record AssessmentView(String id, PatientLine patient, String instrument, String version, String title,
        String language,
        String state, int answered, int items,
        Instant assignedAt, Instant expiresAt, Optional<Instant> completedAt, Optional<ScoreView> score,
        Optional<FlagView> flag) {

    /** Who it is about. */
    public record PatientLine(String id, String number, String name) {}

    /**
     * @param band key of its text, {@code band.<name>}; absent where the instrument has no bands
     * @param declined for how many questions the mean of the others stands
     */
    public record ScoreView(BigDecimal total, int largest, Optional<String> band, int declined) {}

    /** @param number of the question, from 1 */
    public record FlagView(int number, String answer, Instant raisedAt, Optional<PassedView> passedOn,
            Optional<AcknowledgedView> acknowledged) {}

    /** To the deputy. @param to the colleague's name; empty when they are no longer in the list of people */
    public record PassedView(Instant at, String to) {}

    /** @param by the colleague's name; empty when they are no longer in the list of people */
    public record AcknowledgedView(Instant at, String by, String note) {}

    /** One row of the answers; {@code answer} is absent where the patient declined. */
    public record AnswerView(String linkId, int number, String question, Optional<String> answer,
            Optional<Integer> points, boolean safety) {}

    /** One sent before this one; {@code score} is absent where a question was declined, and of another scale where {@code version} is another one. */
    public record EarlierView(String id, String version, Instant completedAt, Optional<ScoreView> score) {}

    /**
     * A band of the whole range, the lowest first.
     *
     * @param from in points, inclusive
     * @param name key of its text, {@code band.<name>}
     */
    public record BandView(int from, String name) {}

    /**
     * An assessment with everything in it, and what its score is read against.
     *
     * @param earlier the oldest first
     * @param largest the largest possible total
     * @param change from how many points on the instrument's authors speak of a change; absent where they do not say
     */
    public record ResultView(AssessmentView assessment, List<AnswerView> answers, List<EarlierView> earlier,
            List<BandView> bands, int largest, Optional<Integer> change, String notice) {

        static ResultView of(Assessments.Result result, List<Assessment> earlier, UnaryOperator<String> nameOf) {
            var instrument = result.assessment().instrument();
            return new ResultView(AssessmentView.of(result, nameOf), answersOf(result.assessment()),
                    earlier.stream()
                            .map(one -> new EarlierView(one.id().toString(), one.instrument().version(),
                                    one.completedAt().orElseThrow(),
                                    one.score().map(score -> scoreOf(one.instrument(), score))))
                            .toList(),
                    instrument.scoring()
                            .bands()
                            .stream()
                            .map(band -> new BandView(band.from(), band.name()))
                            .toList(),
                    instrument.scoring().largestTotal(), instrument.scoring().change(), instrument.notice());
        }
    }

    /** The row, without the names of colleagues. */
    public static AssessmentView of(Assessments.Result result) {
        return of(result, id -> "");
    }

    private static AssessmentView of(Assessments.Result result, UnaryOperator<String> nameOf) {
        var one = result.assessment();
        var patient = result.patient();
        return new AssessmentView(one.id().toString(),
                new PatientLine(patient.id().toString(), patient.number(), patient.name()), one.instrument().id(),
                one.instrument().version(), one.instrument().title(), one.language(), one.state().name(),
                one.answers().size(),
                one.instrument().items().size(), one.assignedAt(),
                one.expiresAt(), one.completedAt(), one.score().map(score -> scoreOf(one.instrument(), score)),
                result.flag().map(flag -> flagOf(one, flag, nameOf)));
    }

    private static ScoreView scoreOf(Instrument instrument, AssessmentScore score) {
        return new ScoreView(score.total(), instrument.scoring().largestTotal(),
                score.band().map(Instrument.Band::name), score.declined());
    }

    private static FlagView flagOf(Assessment one, SafetyFlag flag, UnaryOperator<String> nameOf) {
        return new FlagView(numberOf(one.instrument(), flag.linkId()),
                text(one, new Answer.Chosen(flag.linkId(), flag.code())), flag.raisedAt(),
                flag.passedOn().map(passed -> new PassedView(passed.at(), nameOf.apply(passed.to()))),
                flag.acknowledged().map(seen -> new AcknowledgedView(seen.at(), nameOf.apply(seen.by()), seen.note())));
    }

    private static List<AnswerView> answersOf(Assessment one) {
        var items = one.instrument().items();
        return IntStream.range(0, items.size()).mapToObj(index -> {
            var item = items.get(index);
            var chosen = one.answer(item.linkId())
                    .filter(Answer.Chosen.class::isInstance)
                    .map(Answer.Chosen.class::cast);
            return new AnswerView(item.linkId(), index + 1, item.text().getOrDefault(one.language(), ""),
                    chosen.map(answer -> text(one, answer)),
                    chosen.flatMap(one.instrument()::choice).map(Instrument.Choice::points),
                    one.instrument().safety().filter(rule -> rule.item().equals(item.linkId())).isPresent());
        }).toList();
    }

    private static String text(Assessment one, Answer.Chosen answer) {
        return one.instrument()
                .choice(answer)
                .map(choice -> choice.text().getOrDefault(one.language(), answer.code()))
                .orElse(answer.code());
    }

    private static int numberOf(Instrument instrument, String linkId) {
        return instrument.items().stream().map(Instrument.Item::linkId).toList().indexOf(linkId) + 1;
    }
}
