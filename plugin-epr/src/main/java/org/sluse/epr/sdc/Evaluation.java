// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.EnableWhenBehavior;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemEnableWhenComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a form shows of itself for what is kept of its answers, and what it calculates. An item that is not enabled has no answer, whatever is kept of it, so conditions and calculations
 * depend on each other: all are worked out again until nothing changes, beginning with what has no condition.
 */
final class Evaluation {

    private final FhirContext fhir;
    private final Questionnaire form;
    private final List<Spot> spots;
    private final Instant now;
    private final Effort effort = new Effort();

    private Set<Spot> enabled;
    private Map<Spot, QuestionnaireResponseItemComponent> places = Map.of();
    private QuestionnaireResponse response = new QuestionnaireResponse();
    private @Nullable FormPaths paths;
    private Issues issues = new Issues();

    /** @param now when the answers are given, for {@code now()} and {@code today()} */
    Evaluation(FhirContext fhir, Questionnaire form, List<Spot> spots, Instant now) {
        this.fhir = fhir;
        this.form = form;
        this.spots = spots;
        this.now = now;
        this.enabled = unconditional();
        settle();
    }

    private void settle() {
        var most = 2 + count(spots);
        for (var round = 0; round < most; round++) {
            calculate();
            var next = decided();
            var isSettled = next.equals(enabled);
            enabled = next;
            if (isSettled) {
                return;
            }
        }
        calculate();
        issues.error("Questionnaire",
                "Conditions of the form depend on each other without an end; right would be an order among them");
    }

    private static long count(List<Spot> all) {
        return all.stream().mapToLong(one -> (isConditional(one) ? 1 : 0) + count(one.below())).sum();
    }

    private static boolean isConditional(Spot spot) {
        return spot.question().hasEnableWhen() || spot.extension(Sdc.ENABLE_WHEN) != null;
    }

    private Set<Spot> unconditional() {
        Set<Spot> all = none();
        keepUnconditional(spots, all);
        return all;
    }

    private static void keepUnconditional(List<Spot> from, Set<Spot> all) {
        from.stream().filter(spot -> !isConditional(spot)).forEach(spot -> {
            all.add(spot);
            keepUnconditional(spot.below(), all);
        });
    }

    private static Set<Spot> none() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The response as it would be with what is enabled, and what that calculates. */
    private void calculate() {
        places = new IdentityHashMap<>();
        issues = new Issues();
        response = new QuestionnaireResponse().setStatus(QuestionnaireResponseStatus.INPROGRESS)
                .setAuthoredElement(inUtc(now));
        if (form.hasUrl()) {
            response.setQuestionnaire(form.getUrl() + (form.hasVersion() ? "|" + form.getVersion() : ""));
        }
        build(spots, response.getItem());
        paths = null;
        if (Calculation.isAskedFor(form)) {
            new Calculation(form, response, paths(), false, issues).run();
        }
    }

    /** Of the response as it is now; made when there is something to evaluate, for it is dear. */
    private FormPaths paths() {
        if (paths == null) {
            paths = new FormPaths(fhir, form, response, Moment.of(now), effort);
        }
        return paths;
    }

    /** To the second, so that the same moment is the same text everywhere. */
    private static DateTimeType inUtc(Instant moment) {
        var time = new DateTimeType(Date.from(moment));
        time.setTimeZone(TimeZone.getTimeZone("UTC"));
        return time;
    }

    private void build(List<Spot> from, List<QuestionnaireResponseItemComponent> into) {
        from.stream().filter(spot -> enabled.contains(spot) && !spot.isDisplay()).forEach(spot -> {
            var item = new QuestionnaireResponseItemComponent().setLinkId(spot.question().getLinkId());
            places.put(spot, item);
            if (spot.isGroup()) {
                build(spot.below(), item.getItem());
            } else if (!spot.isCalculated()) {
                answers(spot, item);
            }
            if (item.hasItem() || item.hasAnswer() || spot.isCalculated()) {
                into.add(item);
            }
        });
    }

    private void answers(Spot spot, QuestionnaireResponseItemComponent item) {
        for (var place = 0; place < spot.kept().getAnswer().size(); place++) {
            var number = place;
            var kept = spot.kept().getAnswer().get(place);
            var answer = new QuestionnaireResponseItemAnswerComponent();
            if (kept.hasValue()) {
                answer.setValue(kept.getValue().copy());
            }
            build(spot.below().stream().filter(one -> one.answer() == number).toList(), answer.getItem());
            if (answer.hasValue() || answer.hasItem()) {
                item.addAnswer(answer);
            }
        }
    }

    private Set<Spot> decided() {
        Set<Spot> next = none();
        decide(spots, root(), next);
        return next;
    }

    private FormPaths.Scope root() {
        return named(form.getExtension(), "Questionnaire", new FormPaths.Scope(response, null, Map.of()));
    }

    private FormPaths.Scope at(Spot spot, FormPaths.Scope above) {
        var item = places.getOrDefault(spot,
                new QuestionnaireResponseItemComponent().setLinkId(spot.question().getLinkId()));
        return named(spot.question().getExtension(), place(spot), above.at(item, spot.question()));
    }

    private FormPaths.Scope named(List<Extension> extensions, String place, FormPaths.Scope scope) {
        return extensions.stream().anyMatch(one -> one.getUrl().equals(Sdc.VARIABLE))
                ? new Variables(paths(), issues).named(extensions, place, scope)
                : scope;
    }

    private static String place(Spot spot) {
        return "Questionnaire.item.where(linkId='" + spot.question().getLinkId() + "')";
    }

    private void decide(List<Spot> from, FormPaths.Scope above, Set<Spot> next) {
        from.forEach(spot -> {
            var scope = at(spot, above);
            if (isEnabled(spot, scope)) {
                next.add(spot);
                decide(spot.below(), scope, next);
            }
        });
    }

    private boolean isEnabled(Spot spot, FormPaths.Scope scope) {
        var expression = spot.extension(Sdc.ENABLE_WHEN);
        if (expression != null) {
            // What cannot be worked out is asked: an answer too many can be left out, one that nobody was asked for is lost.
            return said(spot, expression, scope).map(Evaluation::isTrue).orElse(true);
        }
        var conditions = spot.question().getEnableWhen();
        return conditions.isEmpty() || (spot.question().getEnableBehavior() == EnableWhenBehavior.ANY
                ? conditions.stream().anyMatch(one -> holds(spot, one))
                : conditions.stream().allMatch(one -> holds(spot, one)));
    }

    private Optional<List<Base>> said(Spot spot, Type expression, FormPaths.Scope scope) {
        try {
            return Optional.of(paths().evaluate(FormPaths.fhirPath(expression), scope));
        } catch (IllegalArgumentException wrong) {
            issues.error(place(spot), String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean isTrue(List<Base> found) {
        return found.size() == 1 && found.getFirst() instanceof BooleanType yes ? yes.booleanValue() : !found.isEmpty();
    }

    private boolean holds(Spot spot, QuestionnaireItemEnableWhenComponent condition) {
        return Comparison.holds(answersOf(spot, String.valueOf(condition.getQuestion())), condition.getOperator(),
                condition.getAnswer());
    }

    /**
     * Of the occurrence of a question that is nearest: what this one stands below, else within the same occurrence of the innermost group that has it, before this one and then behind (FHIR R4,
     * enableWhen.question, which lets one before it in another occurrence of the group go before one behind it in the same; that would be somebody else's answer).
     */
    private List<Type> answersOf(Spot from, String linkId) {
        for (var at = from; at.above() != null; at = at.above()) {
            var above = at.above();
            if (above.question().getLinkId().equals(linkId)) {
                return answer(above, at.answer());
            }
        }
        for (var at = from; at != null; at = at.above()) {
            var found = beside(at, linkId);
            if (found.isPresent()) {
                return answers(found.get());
            }
        }
        return List.of();
    }

    private List<Type> answer(Spot spot, int number) {
        if (!enabled.contains(spot)) {
            return List.of();
        }
        var kept = spot.kept().getAnswer();
        return number < kept.size() && kept.get(number).hasValue() ? List.of(kept.get(number).getValue()) : List.of();
    }

    private Optional<Spot> beside(Spot at, String linkId) {
        var level = at.above() == null
                ? spots
                : at.above().below().stream().filter(one -> one.answer() == at.answer()).toList();
        var place = level.indexOf(at);
        var before = new ArrayList<Spot>();
        level.subList(0, place).forEach(one -> named(one, linkId).forEach(before::add));
        return before.isEmpty()
                ? level.subList(place + 1, level.size()).stream().flatMap(one -> named(one, linkId)).findFirst()
                : Optional.of(before.getLast());
    }

    private static Stream<Spot> named(Spot spot, String linkId) {
        return Stream.concat(spot.question().getLinkId().equals(linkId) ? Stream.of(spot) : Stream.empty(),
                spot.below().stream().flatMap(below -> named(below, linkId)));
    }

    /** Whether it is part of the form now (FHIR R4, "enabled"). */
    boolean isEnabled(Spot spot) {
        return enabled.contains(spot);
    }

    /** Answers that count, calculated ones too; none of what is not enabled. */
    List<Type> answers(Spot spot) {
        var item = places.get(spot);
        return item == null
                ? List.of()
                : item.getAnswer()
                        .stream()
                        .filter(QuestionnaireResponseItemAnswerComponent::hasValue)
                        .map(QuestionnaireResponseItemAnswerComponent::getValue)
                        .toList();
    }

    /** In progress, with what is enabled and answered. */
    QuestionnaireResponse response() {
        var whole = response.copy();
        bare(whole.getItem());
        return whole;
    }

    private static void bare(List<QuestionnaireResponseItemComponent> items) {
        items.forEach(item -> {
            bare(item.getItem());
            item.getAnswer().forEach(answer -> bare(answer.getItem()));
        });
        items.removeIf(item -> !FormItem.isAnswered(item));
    }

    Effort effort() {
        return effort;
    }

    /** What could not be worked out. */
    Issues issues() {
        return issues;
    }

    /** Rules of the form that its answers break (FHIR R4, extension "questionnaire-constraint"; SDC 4.0, "targetConstraint"). */
    List<Finding> constraints(String language) {
        List<Finding> all = new ArrayList<>();
        var scope = root();
        broken(form.getExtension(), "", scope, language, all);
        constraints(spots, scope, language, all);
        return all;
    }

    private void constraints(List<Spot> from, FormPaths.Scope above, String language, List<Finding> all) {
        from.stream().filter(this::isEnabled).forEach(spot -> {
            var scope = at(spot, above);
            broken(spot.question().getExtension(), spot.key(), scope, language, all);
            constraints(spot.below(), scope, language, all);
        });
    }

    private void broken(List<Extension> extensions, String key, FormPaths.Scope scope, String language,
            List<Finding> all) {
        extensions.stream()
                .filter(one -> one.getUrl().equals(Sdc.CONSTRAINT) || one.getUrl().equals(Sdc.TARGET_CONSTRAINT))
                .filter(one -> isBroken(one, scope))
                .forEach(one -> all.add(new Finding(key, "constraint", human(one, language),
                        Optional.ofNullable(one.getExtensionByUrl("severity"))
                                .filter(severity -> "warning".equals(severity.getValue().primitiveValue()))
                                .isEmpty())));
    }

    /** Only a plain "no" breaks a rule: of what is not answered yet nothing can be said. */
    private boolean isBroken(Extension constraint, FormPaths.Scope scope) {
        var expression = constraint.getExtensionByUrl("expression");
        if (expression == null || !expression.hasValue()) {
            return false;
        }
        try {
            var found = paths().evaluate(FormPaths.fhirPath(expression.getValue()), scope);
            return found.size() == 1 && found.getFirst() instanceof BooleanType yes && !yes.booleanValue();
        } catch (IllegalArgumentException wrong) {
            issues.error("Questionnaire", String.valueOf(wrong.getMessage()));
            return false;
        }
    }

    private static String human(Extension constraint, String language) {
        var human = constraint.getExtensionByUrl("human");
        return human != null && human.getValue() instanceof StringType text ? Translation.of(text, language) : "";
    }
}
