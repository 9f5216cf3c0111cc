// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * An item of a form at one place of what is kept of a response: each item of the form has one, answered or not, and a group that repeats one for each occurrence. Compared by identity.
 */
final class Spot {

    /** Occurrences of one group: more nobody fills in. */
    static final int MOST = 50;

    private final QuestionnaireItemComponent question;
    private final QuestionnaireResponseItemComponent kept;
    private final String key;
    private final @Nullable Spot above;
    private final int answer;
    private final List<Spot> below = new ArrayList<>();

    /** @param answer which of those above it belongs to; 0 in a group */
    private Spot(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent kept, String key,
            @Nullable Spot above, int answer) {
        this.question = question;
        this.kept = kept;
        this.key = key;
        this.above = above;
        this.answer = answer;
    }

    /**
     * Those of a form, in its order.
     *
     * @param items of the response; brought into the form's order and completed, so that each question has its place
     */
    static List<Spot> of(List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> items) {
        return of(questions, items, "", null, 0);
    }

    private static List<Spot> of(List<QuestionnaireItemComponent> questions,
            List<QuestionnaireResponseItemComponent> items, String at, @Nullable Spot above, int answer) {
        var sent = List.copyOf(items);
        items.clear();
        List<Spot> all = new ArrayList<>();
        for (var index = 0; index < questions.size(); index++) {
            var question = questions.get(index);
            var own = sent.stream().filter(one -> Objects.equals(one.getLinkId(), question.getLinkId())).toList();
            var places = new ArrayList<>(
                    isRepeatingGroup(question) ? own : own.subList(0, Math.min(1, own.size())));
            while (places.size() < least(question)) {
                places.add(new QuestionnaireResponseItemComponent().setLinkId(question.getLinkId()));
            }
            for (var number = 0; number < places.size(); number++) {
                var kept = places.get(number);
                if (question.getType() != QuestionnaireItemType.DISPLAY) {
                    items.add(kept);
                }
                var key = at + index + (question.getType() == QuestionnaireItemType.GROUP ? "." + number : "");
                var spot = new Spot(question, kept, key, above, answer);
                spot.descend();
                all.add(spot);
            }
        }
        return all;
    }

    private static boolean isRepeatingGroup(QuestionnaireItemComponent question) {
        return question.getType() == QuestionnaireItemType.GROUP && question.getRepeats();
    }

    /** How many places there are at least. */
    static int least(QuestionnaireItemComponent question) {
        var least = question.getExtensionByUrl(Sdc.MIN_OCCURS);
        return isRepeatingGroup(question) && least != null && least.getValue() instanceof IntegerType number
                ? Math.clamp(number.getValue(), 1, MOST)
                : 1;
    }

    private void descend() {
        if (isGroup()) {
            below.addAll(of(question.getItem(), kept.getItem(), key + "/", this, 0));
        } else if (question.hasItem()) {
            if (!kept.hasAnswer()) {
                kept.addAnswer();
            }
            for (var place = 0; place < kept.getAnswer().size(); place++) {
                below.addAll(of(question.getItem(), kept.getAnswer().get(place).getItem(), key + "." + place + "/",
                        this, place));
            }
        }
    }

    QuestionnaireItemComponent question() {
        return question;
    }

    QuestionnaireResponseItemComponent kept() {
        return kept;
    }

    /** {@link Shown#key}. */
    String key() {
        return key;
    }

    @Nullable
    Spot above() {
        return above;
    }

    int answer() {
        return answer;
    }

    List<Spot> below() {
        return below;
    }

    boolean isRepeatingGroup() {
        return isRepeatingGroup(question);
    }

    boolean isGroup() {
        return question.getType() == QuestionnaireItemType.GROUP;
    }

    boolean isDisplay() {
        return question.getType() == QuestionnaireItemType.DISPLAY;
    }

    boolean isQuestion() {
        return !isGroup() && !isDisplay();
    }

    boolean isCalculated() {
        return Calculation.isCalculated(question);
    }

    /** Not to be seen by whoever answers, and yet part of the form (FHIR R4, extension "questionnaire-hidden"). */
    boolean isHidden() {
        return isYes(Sdc.HIDDEN);
    }

    /** Whether the form asks whoever answers for a value. */
    boolean isAsked() {
        return isQuestion() && !isCalculated() && !question.getReadOnly() && !isHidden();
    }

    private boolean isYes(String url) {
        return extension(url) instanceof BooleanType yes && yes.booleanValue();
    }

    /** The value of the first extension; null when there is none. */
    @Nullable
    Type extension(String url) {
        var found = question.getExtensionByUrl(url);
        return found == null ? null : found.getValue();
    }

    List<Extension> extensions(String url) {
        return question.getExtensionsByUrl(url);
    }

    /** What is kept of the answers. */
    List<Type> values() {
        return kept.getAnswer()
                .stream()
                .filter(QuestionnaireResponseItemAnswerComponent::hasValue)
                .map(QuestionnaireResponseItemAnswerComponent::getValue)
                .toList();
    }

    /** Puts answers in the place of those that are kept. What stands below one of them stays with it. */
    void put(List<Type> values) {
        var before = new ArrayList<>(kept.getAnswer());
        List<QuestionnaireResponseItemAnswerComponent> now = new ArrayList<>();
        for (var place = 0; place < values.size(); place++) {
            var value = values.get(place);
            var same = before.stream()
                    .filter(one -> one.hasValue() && Options.isSame(one.getValue(), value))
                    .findFirst()
                    .or(() -> question.getRepeats() || before.isEmpty()
                            ? Optional.empty()
                            : Optional.of(before.getFirst()));
            same.ifPresent(before::remove);
            now.add(same.orElseGet(QuestionnaireResponseItemAnswerComponent::new).setValue(value));
        }
        if (values.isEmpty() && question.hasItem()) {
            now.add(before.isEmpty()
                    ? new QuestionnaireResponseItemAnswerComponent()
                    : before.getFirst().setValue(null));
        }
        kept.setAnswer(now);
    }

    /** This one and all below it. */
    void each(Consumer<Spot> work) {
        work.accept(this);
        below.forEach(one -> one.each(work));
    }
}
