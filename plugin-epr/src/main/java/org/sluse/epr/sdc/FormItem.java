// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * An item of a response beside the item of the form that it answers.
 *
 * @param question the form's
 * @param response of one occurrence, where a group repeats
 * @param path where it stands, as FHIRPath: {@code QuestionnaireResponse.item[0].answer[0].item[2]}
 */
record FormItem(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent response, String path) {

    /**
     * An answer.
     *
     * @param value what was answered
     * @param items nested below it
     * @param path where it stands, as FHIRPath
     */
    record Answer(Type value, List<FormItem> items, String path) {}

    /** Those at the top, in the order of the response. What the form does not know is an issue, and left out. */
    static List<FormItem> of(Questionnaire questionnaire, QuestionnaireResponse response, Issues issues) {
        return matched(questionnaire.getItem(), response.getItem(), "QuestionnaireResponse", issues);
    }

    private static List<FormItem> matched(List<QuestionnaireItemComponent> questions,
            List<QuestionnaireResponseItemComponent> responses, String above, Issues issues) {
        List<FormItem> all = new ArrayList<>();
        for (var place = 0; place < responses.size(); place++) {
            var response = responses.get(place);
            var path = above + ".item[" + place + "]";
            questions.stream()
                    .filter(question -> question.hasLinkId() && question.getLinkId().equals(response.getLinkId()))
                    .findFirst()
                    .ifPresentOrElse(question -> all.add(new FormItem(question, response, path)),
                            () -> issues.error(path, "The form has no item '" + response.getLinkId()
                                    + "' here; right would be one of " + questions.stream()
                                            .map(question -> "'" + question.getLinkId() + "'")
                                            .toList()));
        }
        return Collections.unmodifiableList(all);
    }

    /** Items of a group; none of a question, whose are with its answers. */
    List<FormItem> items(Issues issues) {
        return matched(question.getItem(), response.getItem(), path, issues);
    }

    /** Answers that have a value. */
    List<Answer> answers(Issues issues) {
        List<Answer> all = new ArrayList<>();
        for (var place = 0; place < response.getAnswer().size(); place++) {
            var answer = response.getAnswer().get(place);
            if (answer.hasValue()) {
                var at = path + ".answer[" + place + "]";
                all.add(new Answer(answer.getValue(), matched(question.getItem(), answer.getItem(), at, issues), at));
            }
        }
        return all;
    }

    /** Items below answers that have no value of their own, as where only they were answered (FHIR R4, QuestionnaireResponse.item.answer.value is optional). */
    List<FormItem> belowNoValue(Issues issues) {
        List<FormItem> all = new ArrayList<>();
        for (var place = 0; place < response.getAnswer().size(); place++) {
            var answer = response.getAnswer().get(place);
            if (!answer.hasValue()) {
                all.addAll(matched(question.getItem(), answer.getItem(), path + ".answer[" + place + "]", issues));
            }
        }
        return all;
    }

    /** Whether anything is answered here or below. */
    static boolean isAnswered(QuestionnaireResponseItemComponent item) {
        return item.getAnswer().stream().anyMatch(QuestionnaireResponseItemAnswerComponent::hasValue)
                || Stream.concat(item.getItem().stream(),
                        item.getAnswer().stream().flatMap(answer -> answer.getItem().stream()))
                        .anyMatch(FormItem::isAnswered);
    }

    /** The questions that the very values of a response answer; those of no question are not in it. */
    static Map<Type, QuestionnaireItemComponent> questions(Questionnaire questionnaire,
            QuestionnaireResponse response) {
        Map<Type, QuestionnaireItemComponent> all = new IdentityHashMap<>();
        response.getItem().forEach(item -> collect(questionnaire.getItem(), item, all));
        return all;
    }

    private static void collect(List<QuestionnaireItemComponent> questions, QuestionnaireResponseItemComponent item,
            Map<Type, QuestionnaireItemComponent> all) {
        Optional<QuestionnaireItemComponent> found = questions.stream()
                .filter(question -> question.hasLinkId() && question.getLinkId().equals(item.getLinkId()))
                .findFirst();
        found.ifPresent(question -> {
            item.getItem().forEach(below -> collect(question.getItem(), below, all));
            item.getAnswer().forEach(answer -> {
                if (answer.hasValue()) {
                    all.put(answer.getValue(), question);
                }
                answer.getItem().forEach(below -> collect(question.getItem(), below, all));
            });
        });
    }
}
