// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * The calculated items of one response, written into it. One may use another's value, before it or behind it: all are worked out again until nothing changes (SDC 4.0, expressions, "Dependencies
 * between expressions"), at most as many times as there are.
 */
final class Calculation {

    private final Questionnaire questionnaire;
    private final QuestionnaireResponse response;
    private final FormPaths paths;
    private final boolean makes;
    private final AnswerValues values;
    private final Issues issues;

    /** What was sent, by the calculated item that it was sent in. */
    private final Map<QuestionnaireResponseItemComponent, Calculated> all = new IdentityHashMap<>();

    /** Items that nobody has sent. */
    private final Set<QuestionnaireResponseItemComponent> made = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Those that the last round has given another value. */
    private final List<Calculated> changed = new ArrayList<>();

    /** A calculated item: what was sent in it, and why there is nothing else. */
    private static final class Calculated {

        private final List<QuestionnaireResponseItemAnswerComponent> sent;
        private String wrong = "";

        Calculated(List<QuestionnaireResponseItemAnswerComponent> sent) {
            this.sent = sent;
        }
    }

    /** Of all items that the form calculates. @param response is written to */
    Calculation(FhirContext fhir, Questionnaire questionnaire, QuestionnaireResponse response, Issues issues) {
        this(questionnaire, response, new FormPaths(fhir, questionnaire, response), true, issues);
    }

    /**
     * @param response is written to
     * @param makes whether items that are not there are calculated too
     */
    Calculation(Questionnaire questionnaire, QuestionnaireResponse response, FormPaths paths, boolean makes,
            Issues issues) {
        this.questionnaire = questionnaire;
        this.response = response;
        this.paths = paths;
        this.makes = makes;
        this.values = new AnswerValues(questionnaire);
        this.issues = issues;
    }

    static boolean isAskedFor(Questionnaire questionnaire) {
        return questionnaire.getItem().stream().anyMatch(Calculation::isAskedFor);
    }

    private static boolean isAskedFor(QuestionnaireItemComponent item) {
        return isCalculated(item) || item.getItem().stream().anyMatch(Calculation::isAskedFor);
    }

    static boolean isCalculated(QuestionnaireItemComponent item) {
        return item.getExtensionByUrl(Sdc.CALCULATED) != null && item.getType() != QuestionnaireItemType.GROUP
                && item.getType() != QuestionnaireItemType.DISPLAY;
    }

    void run() {
        prepare(questionnaire.getItem(), response.getItem());
        var rounds = 0;
        do {
            changed.clear();
            calculate();
        } while (!changed.isEmpty() && rounds++ <= all.size());
        changed.forEach(one -> one.wrong = "It depends on itself; right would be an order among calculated items");
        report(questionnaire.getItem(), response.getItem(), "QuestionnaireResponse");
    }

    /** Empties the items that are calculated, and makes those that are not there: a value that was sent decides nothing. */
    private void prepare(List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> items) {
        for (var question : questions) {
            if (makes && isAskedFor(question) && at(question, items).isEmpty()) {
                var item = new QuestionnaireResponseItemComponent().setLinkId(question.getLinkId());
                items.add(placeOf(question, questions, items), item);
                made.add(item);
            }
            for (var item : at(question, items)) {
                if (isCalculated(question)) {
                    all.put(item, new Calculated(List.copyOf(item.getAnswer())));
                    item.getAnswer().clear();
                }
                prepare(question.getItem(), item.getItem());
                item.getAnswer().forEach(answer -> prepare(question.getItem(), answer.getItem()));
            }
        }
    }

    private static List<QuestionnaireResponseItemComponent> at(QuestionnaireItemComponent question,
            List<QuestionnaireResponseItemComponent> items) {
        return items.stream().filter(item -> Objects.equals(item.getLinkId(), question.getLinkId())).toList();
    }

    /** In the order of the form. */
    private static int placeOf(QuestionnaireItemComponent question, List<QuestionnaireItemComponent> questions,
            List<QuestionnaireResponseItemComponent> items) {
        var before = questions.subList(0, questions.indexOf(question))
                .stream()
                .map(QuestionnaireItemComponent::getLinkId)
                .collect(Collectors.toSet());
        var place = 0;
        for (var index = 0; index < items.size(); index++) {
            if (before.contains(items.get(index).getLinkId())) {
                place = index + 1;
            }
        }
        return place;
    }

    private void calculate() {
        var scope = new Variables(paths, issues).named(questionnaire.getExtension(), "Questionnaire",
                new FormPaths.Scope(response, null, Map.of()));
        calculate(questionnaire.getItem(), response.getItem(), scope);
    }

    private void calculate(List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> items,
            FormPaths.Scope above) {
        questions.stream().filter(Calculation::isAskedFor).forEach(question -> at(question, items).forEach(item -> {
            var scope = new Variables(paths, issues).named(question.getExtension(),
                    "Questionnaire.item.where(linkId='" + question.getLinkId() + "')", above.at(item, question));
            var known = all.get(item);
            if (known != null) {
                calculate(question, item, known, scope);
            }
            calculate(question.getItem(), item.getItem(), scope);
            item.getAnswer().forEach(answer -> calculate(question.getItem(), answer.getItem(), scope));
        }));
    }

    private void calculate(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item,
            Calculated known, FormPaths.Scope scope) {
        List<Type> now;
        try {
            now = values.of(question, paths.evaluate(
                    FormPaths.fhirPath(question.getExtensionByUrl(Sdc.CALCULATED).getValue()), scope));
            known.wrong = "";
        } catch (IllegalArgumentException wrong) {
            now = List.of();
            known.wrong = String.valueOf(wrong.getMessage());
        }
        if (!isSame(now, item.getAnswer())) {
            item.getAnswer().clear();
            now.forEach(value -> item.addAnswer().setValue(value));
            changed.add(known);
        }
    }

    private void report(List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> items,
            String above) {
        items.removeIf(this::isBare);
        Map<String, QuestionnaireItemComponent> byLink = new LinkedHashMap<>();
        questions.forEach(question -> byLink.putIfAbsent(question.getLinkId(), question));
        for (var place = 0; place < items.size(); place++) {
            var item = items.get(place);
            var path = above + ".item[" + place + "]";
            var question = byLink.get(item.getLinkId());
            if (question == null) {
                continue;
            }
            var known = all.get(item);
            if (known != null) {
                report(question, item, known, path);
            }
            report(question.getItem(), item.getItem(), path);
            for (var answer = 0; answer < item.getAnswer().size(); answer++) {
                report(question.getItem(), item.getAnswer().get(answer).getItem(), path + ".answer[" + answer + "]");
            }
        }
    }

    private void report(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item, Calculated known,
            String path) {
        if (!known.wrong.isEmpty()) {
            item.setAnswer(new ArrayList<>(known.sent));
            issues.error(path, "Item '" + question.getLinkId() + "' cannot be calculated. " + known.wrong);
        } else if (!known.sent.isEmpty()
                && !isSame(item.getAnswer().stream().map(QuestionnaireResponseItemAnswerComponent::getValue).toList(),
                        known.sent)) {
            issues.error(path, "Item '" + question.getLinkId() + "' came as " + said(known.sent)
                    + ", and the form calculates " + said(item.getAnswer()));
        }
    }

    /** Made for something to be calculated in it, and there is nothing. */
    private boolean isBare(QuestionnaireResponseItemComponent item) {
        var known = all.get(item);
        return made.contains(item) && !item.hasAnswer() && (known == null || known.wrong.isEmpty())
                && item.getItem().stream().allMatch(this::isBare);
    }

    private static boolean isSame(List<Type> values, List<QuestionnaireResponseItemAnswerComponent> answers) {
        if (values.size() != answers.size()) {
            return false;
        }
        for (var place = 0; place < values.size(); place++) {
            if (!isSame(values.get(place), answers.get(place).getValue())) {
                return false;
            }
        }
        return true;
    }

    /** 13.0 is 13, and a code is the same whatever it is displayed as. */
    private static boolean isSame(Type one, Type other) {
        return switch (one) {
            case DecimalType decimal when other instanceof DecimalType number && decimal.hasValue()
                    && number.hasValue() ->
                decimal.getValue().compareTo(number.getValue()) == 0;
            case Quantity quantity when other instanceof Quantity number && quantity.hasValue() && number.hasValue() ->
                quantity.getValue().compareTo(number.getValue()) == 0
                        && Objects.equals(quantity.getCode(), number.getCode());
            case Coding coding when other instanceof Coding code -> Objects.equals(coding.getCode(), code.getCode())
                    && Objects.equals(coding.getSystem(), code.getSystem());
            default -> one.equalsDeep(other);
        };
    }

    /** The only place where an issue has values in it: a difference cannot be judged without them. */
    private static String said(List<QuestionnaireResponseItemAnswerComponent> answers) {
        return answers.isEmpty()
                ? "nothing"
                : answers.stream()
                        .map(answer -> answer.hasValue() ? Conversions.said(answer.getValue()) : "nothing")
                        .collect(Collectors.joining(", "));
    }
}
