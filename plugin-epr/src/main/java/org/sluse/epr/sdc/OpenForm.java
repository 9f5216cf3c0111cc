// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * A form while it is being filled in: which items are there now, what they say, what the form calculates, what is to be put right. A form and what is kept of its answers go in, as JSON of FHIR R4; items
 * in plain words and what is to be kept come out. Answers to items that are not there now are kept, and are not sent. The same input gives the same output. Not thread-safe; made anew for each request.
 */
public final class OpenForm {

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final Questionnaire form;
    private final QuestionnaireResponse kept;
    private final Instant now;
    private List<Spot> spots;
    private @Nullable Evaluation evaluation;

    private OpenForm(Questionnaire form, QuestionnaireResponse kept, Instant now) {
        this.form = KnownValueSets.completed(form);
        this.kept = kept;
        this.now = now;
        this.spots = Spot.of(this.form.getItem(), kept.getItem());
    }

    /**
     * A form as it was left.
     *
     * @param questionnaire as {@link FormCheck} has taken it
     * @param response what {@link #kept} gave
     * @param now for {@code today()} and {@code now()}
     * @throws IllegalArgumentException one of them is no such resource
     */
    public static OpenForm of(String questionnaire, String response, Instant now) {
        var reader = new FormReader(FhirContext.forR4Cached());
        return new OpenForm(reader.read(Questionnaire.class, questionnaire),
                reader.read(QuestionnaireResponse.class, response), now);
    }

    /** A form that nobody has begun, with the values that it begins with. */
    public static OpenForm begun(String questionnaire, Instant now) {
        var fhir = FhirContext.forR4Cached();
        var form = new FormReader(fhir).read(Questionnaire.class, questionnaire);
        // What cannot be found out is not known yet, and is asked for.
        var known = new Population(fhir).populate(form, new Population.Known(Optional.empty(), Map.of(), now));
        return of(form, known.response(), now);
    }

    static OpenForm of(Questionnaire form, QuestionnaireResponse kept, Instant now) {
        return new OpenForm(form, kept, now);
    }

    private Evaluation evaluated() {
        if (evaluation == null) {
            evaluation = new Evaluation(fhir, form, spots, now);
        }
        return evaluation;
    }

    /**
     * Takes answers in the place of those that are kept.
     *
     * @param answers by key of the item; none takes an answer back. What is no answer to its question leaves that as it was
     * @param language that it is asked in
     * @return what was not taken, and why
     * @throws IllegalArgumentException a key is none of this form, or of an item that nobody is asked for
     */
    public List<Finding> put(Map<String, List<Given>> answers, String language) {
        List<Finding> all = new ArrayList<>();
        var reader = new AnswerReader(form);
        // All are found before one is put: what is answered moves what stands below it.
        Map<Spot, List<Given>> found = new LinkedHashMap<>();
        answers.forEach((key, given) -> found.put(asked(key), given));
        found.forEach((spot, given) -> {
            try {
                List<Type> values = new ArrayList<>();
                for (var one : given) {
                    if (!AnswerReader.isEmpty(spot, one)) {
                        values.add(reader.read(spot, one, language));
                    }
                }
                if (values.size() > 1 && !spot.question().getRepeats()) {
                    all.add(new Finding(spot.key(), "too-many", 1));
                } else {
                    spot.put(values);
                }
            } catch (AnswerReader.WrongException wrong) {
                all.add(wrong.at(spot.key()));
            }
        });
        changed();
        return all;
    }

    private Spot asked(String key) {
        return find(key).filter(Spot::isAsked)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The form has no question '" + key + "'; right would be a key that it was shown with"));
    }

    private Optional<Spot> find(String key) {
        List<Spot> found = new ArrayList<>();
        each(spot -> {
            if (spot.key().equals(key)) {
                found.add(spot);
            }
        });
        return found.stream().findFirst();
    }

    private void each(Consumer<Spot> work) {
        spots.forEach(spot -> spot.each(work));
    }

    private void changed() {
        spots = Spot.of(form.getItem(), kept.getItem());
        evaluation = null;
    }

    /** Another occurrence of a group that repeats, behind the last. @throws IllegalArgumentException there is no such group, or there are enough */
    public void add(String key) {
        var group = repeating(key);
        var around = around(group);
        var last = IntStream.range(0, around.size())
                .filter(place -> around.get(place).getLinkId().equals(group.question().getLinkId()))
                .max()
                .orElse(around.size() - 1);
        if (occurrences(group) >= most(group)) {
            throw new IllegalArgumentException("The group '" + key + "' is there as often as the form allows");
        }
        around.add(last + 1, new QuestionnaireResponseItemComponent().setLinkId(group.question().getLinkId()));
        changed();
    }

    /** Takes an occurrence of a group away, with what was answered in it. @throws IllegalArgumentException there is no such group, or too few */
    public void remove(String key) {
        var group = repeating(key);
        if (occurrences(group) <= Spot.least(group.question())) {
            throw new IllegalArgumentException("The group '" + key + "' cannot be there less often");
        }
        around(group).removeIf(item -> item == group.kept());
        changed();
    }

    private Spot repeating(String key) {
        return find(key).filter(Spot::isRepeatingGroup)
                .orElseThrow(() -> new IllegalArgumentException("The form has no group '" + key
                        + "' that repeats; right would be a key that it was shown with"));
    }

    private List<QuestionnaireResponseItemComponent> around(Spot spot) {
        var above = spot.above();
        return above == null
                ? kept.getItem()
                : above.isGroup()
                        ? above.kept().getItem()
                        : above.kept().getAnswer().get(spot.answer()).getItem();
    }

    private long occurrences(Spot group) {
        return around(group).stream()
                .filter(item -> item.getLinkId().equals(group.question().getLinkId()))
                .count();
    }

    private static int most(Spot group) {
        return Math.min(Spot.MOST, AnswerRules.mostOccurrences(group).orElse(Spot.MOST));
    }

    /** What is to be kept, of items that are not there now too. In progress. */
    public String kept() {
        kept.setStatus(QuestionnaireResponseStatus.INPROGRESS);
        return fhir.newJsonParser().encodeResourceToString(kept);
    }

    /**
     * What is to be put right before it can be sent, and words of advice; in the form's order, what is about the whole last.
     *
     * @param language of the form's own words
     */
    public List<Finding> findings(String language) {
        var rules = new AnswerRules(form, language);
        List<Finding> all = new ArrayList<>();
        var broken = evaluated().constraints(language);
        each(spot -> {
            if (evaluated().isEnabled(spot)) {
                if (spot.isQuestion()) {
                    all.addAll(rules.broken(spot, evaluated().answers(spot), evaluated().effort()));
                } else if (spot.isGroup() && spot.question().getRequired() && !isAnswered(spot)) {
                    all.add(new Finding(spot.key(), "required"));
                }
                broken.stream().filter(one -> one.key().equals(spot.key())).forEach(all::add);
            }
        });
        broken.stream().filter(one -> one.key().isEmpty()).forEach(all::add);
        return List.copyOf(all);
    }

    private boolean isAnswered(Spot spot) {
        return !evaluated().answers(spot).isEmpty() || spot.below().stream().anyMatch(this::isAnswered);
    }

    /** How many questions are asked of whoever answers now. */
    public int asked() {
        return count(spot -> true);
    }

    /** How many of them have an answer. */
    public int answered() {
        return count(spot -> !evaluated().answers(spot).isEmpty());
    }

    private int count(Predicate<Spot> which) {
        var all = new ArrayList<Spot>();
        each(spot -> {
            if (spot.isAsked() && evaluated().isEnabled(spot) && which.test(spot)) {
                all.add(spot);
            }
        });
        return all.size();
    }

    /** What the form could not work out, for whoever keeps it; names questions and never answers. */
    public List<String> issues() {
        return evaluated().issues()
                .outcome()
                .getIssue()
                .stream()
                .map(OperationOutcomeIssueComponent::getDiagnostics)
                .toList();
    }

    /** The response as it is sent: completed now, with what is there and answered, and the questions in the language that they were asked in. */
    public String completed(String language) {
        var response = evaluated().response().setStatus(QuestionnaireResponseStatus.COMPLETED);
        response.setLanguage(language);
        text(form.getItem(), response.getItem(), language);
        return fhir.newJsonParser().encodeResourceToString(response);
    }

    private static void text(List<QuestionnaireItemComponent> questions,
            List<QuestionnaireResponseItemComponent> items, String language) {
        items.forEach(item -> questions.stream()
                .filter(question -> Objects.equals(question.getLinkId(), item.getLinkId()))
                .findFirst()
                .ifPresent(question -> {
                    if (question.hasText()) {
                        item.setText(Translation.of(question.getTextElement(), language));
                    }
                    text(question.getItem(), item.getItem(), language);
                    item.getAnswer().forEach(answer -> text(question.getItem(), answer.getItem(), language));
                }));
    }

    /** The items that are there now, in the form's order, without those that the form hides from whoever answers. */
    public List<Shown> items(String language) {
        return shown(spots, language, false, false);
    }

    /** What was answered and calculated, with hidden items and the content of files: for whoever asked. */
    public List<Shown> answers(String language) {
        return shown(spots, language, true, true);
    }

    /** What the form is called. */
    public String title(String language) {
        return form.hasTitle() ? Translation.of(form.getTitleElement(), language) : String.valueOf(form.getUrl());
    }

    /** Whose it is, in its own words; blank where it does not say. */
    public String notice() {
        return form.hasCopyright() ? form.getCopyright().strip() : "";
    }

    private List<Shown> shown(List<Spot> from, String language, boolean hidden, boolean files) {
        return from.stream()
                .filter(spot -> evaluated().isEnabled(spot) && (hidden || !spot.isHidden()))
                .map(spot -> shown(spot, language, hidden, files))
                .toList();
    }

    private Shown shown(Spot spot, String language, boolean hidden, boolean files) {
        var question = spot.question();
        var below = spot.isQuestion()
                ? spot.below().stream().filter(one -> !one.isDisplay()).toList()
                : spot.below();
        var values = evaluated().answers(spot);
        var options = Options.of(form, question, language);
        var units = Options.units(question, language);
        var occurrences = spot.isRepeatingGroup() ? occurrences(spot) : 0;
        return new Shown(spot.key(), question.getLinkId(), question.getType().toCode(),
                question.hasText() ? Translation.of(question.getTextElement(), language) : "",
                question.hasPrefix() ? Translation.of(question.getPrefixElement(), language) : "",
                help(spot, language), question.getRequired(), question.getRepeats(),
                spot.isCalculated() || question.getReadOnly(), control(spot), choices(options),
                question.getType() == QuestionnaireItemType.OPENCHOICE, choices(units),
                AnswerRules.hint(spot, language), bounds(spot), links(spot),
                values.stream().map(value -> value(value, options, units, files)).toList(),
                spot.isRepeatingGroup() ? number(spot) : 0,
                spot.isRepeatingGroup() && number(spot) == occurrences && occurrences < most(spot),
                spot.isRepeatingGroup() && occurrences > Spot.least(question), about(spot, language),
                shown(below, language, hidden, files));
    }

    /** Text below a question is there for help. */
    private List<String> help(Spot spot, String language) {
        return spot.isQuestion()
                ? spot.below()
                        .stream()
                        .filter(one -> one.isDisplay() && one.answer() == 0 && evaluated().isEnabled(one)
                                && !one.isHidden() && one.question().hasText())
                        .map(one -> Translation.of(one.question().getTextElement(), language))
                        .toList()
                : List.of();
    }

    private static String control(Spot spot) {
        return Stream.of(Sdc.CONTROL, Sdc.CATEGORY)
                .map(spot::extension)
                .filter(CodeableConcept.class::isInstance)
                .map(CodeableConcept.class::cast)
                .filter(CodeableConcept::hasCoding)
                .map(concept -> String.valueOf(concept.getCodingFirstRep().getCode()))
                .findFirst()
                .orElse("");
    }

    private static List<Shown.Choice> choices(List<Options.Option> options) {
        return IntStream.range(0, options.size())
                .mapToObj(place -> new Shown.Choice(Integer.toString(place), options.get(place).text(),
                        options.get(place).exclusive()))
                .toList();
    }

    private static Shown.Bounds bounds(Spot spot) {
        return new Shown.Bounds(AnswerRules.bound(spot, Sdc.MIN_VALUE, Sdc.MIN_QUANTITY).map(Conversions::said),
                AnswerRules.bound(spot, Sdc.MAX_VALUE, Sdc.MAX_QUANTITY).map(Conversions::said),
                spot.question().hasMaxLength()
                        ? Optional.of(spot.question().getMaxLength())
                        : Optional.empty(),
                spot.extensions(Sdc.MIME_TYPE)
                        .stream()
                        .map(one -> String.valueOf(one.getValue().primitiveValue()))
                        .toList());
    }

    /** A page is opened by a press: nothing but an address of the web is one. */
    private static List<String> links(Spot spot) {
        return spot.extensions(Sdc.SUPPORT_LINK)
                .stream()
                .map(one -> one.getValue())
                .filter(UriType.class::isInstance)
                .map(link -> String.valueOf(link.primitiveValue()))
                .filter(link -> link.startsWith("https://") || link.startsWith("http://"))
                .toList();
    }

    private int number(Spot group) {
        return 1 + Math.toIntExact(around(group).stream()
                .takeWhile(item -> item != group.kept())
                .filter(item -> item.getLinkId().equals(group.question().getLinkId()))
                .count());
    }

    private String about(Spot spot, String language) {
        var above = spot.above();
        return above == null || above.isGroup() || above.values().size() < 2
                ? ""
                : Options.text(above.kept().getAnswer().get(spot.answer()).getValue(), language);
    }

    private static Shown.Value value(Type value, List<Options.Option> options, List<Options.Option> units,
            boolean files) {
        var option = place(options, value);
        return switch (value) {
            case Quantity quantity when option.isEmpty() -> new Shown.Value(option, number(quantity.getValueElement()),
                    place(units, new Coding(quantity.getSystem(), quantity.getCode(), null))
                            .or(() -> Optional.ofNullable(quantity.getUnit())),
                    Optional.empty());
            case Attachment file -> new Shown.Value(option, file.hasTitle() ? file.getTitle() : "", Optional.empty(),
                    Optional.of(new Shown.File(file.hasTitle() ? file.getTitle() : "",
                            file.hasContentType() ? file.getContentType() : "", file.getSize(),
                            files && file.hasData()
                                    ? Optional.of(Base64.getEncoder().encodeToString(file.getData()))
                                    : Optional.empty())));
            case Reference reference when option.isEmpty() -> new Shown.Value(option,
                    reference.hasDisplay() ? reference.getDisplay() : "", Optional.empty(), Optional.empty());
            case DecimalType decimal -> new Shown.Value(option, number(decimal), Optional.empty(), Optional.empty());
            default -> new Shown.Value(option,
                    option.map(id -> options.get(Integer.parseInt(id)).text()).orElseGet(() -> Options.text(value, "")),
                    Optional.empty(), Optional.empty());
        };
    }

    private static String number(DecimalType decimal) {
        return decimal.hasValue() ? decimal.getValue().toPlainString() : "";
    }

    private static Optional<String> place(List<Options.Option> options, Type value) {
        return IntStream.range(0, options.size())
                .filter(place -> Options.isSame(options.get(place).value(), value))
                .mapToObj(Integer::toString)
                .findFirst();
    }
}
