// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.sluse.epr.assessment.Instrument;
import org.sluse.epr.assessment.InstrumentCodes;
import org.sluse.epr.assessment.InstrumentCodes.Use;
import org.sluse.epr.assessment.Wording;
import org.sluse.epr.assessment.WordingReader;
import org.sluse.problem.FieldError;

/**
 * A Questionnaire as the text of an instrument.
 *
 * <pre>
 * url, version               source
 * language                   language: nb, de or en
 * copyright                  notice
 * item of type display       stem: the first one
 * item of type group         what is in it stands in its place; its own text is the stem where there is none yet
 * item of type choice        the instrument's items, in their order
 * item that is a number      the score, which is ours to work out: only its code is looked at
 * answerOption               the item's choices: by code, else by ordinalValue or itemWeight; never by their order alone
 * </pre>
 *
 * Whatever contradicts the instrument is an issue: its scores would be another scale's. Thread-safe.
 */
@Dependent
public final class QuestionnaireTexts implements WordingReader {

    private static final Set<String> LANGUAGES = Set.of("nb", "de", "en");

    /** A question, or an answer, with its place in the file. */
    private record At<T>(String pointer, T element) {}

    @Override
    public Read read(Instrument instrument, String file) {
        try {
            return new Reading(instrument, FhirContext.forR4Cached()
                    .newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(Questionnaire.class, file)).read();
        } catch (DataFormatException wrong) {
            return new Read.Refused(List.of(new FieldError("", "file-not-questionnaire",
                    "This is no Questionnaire of FHIR R4 in JSON: " + wrong.getMessage())));
        }
    }

    /** One file being read. */
    private static final class Reading {

        private final Instrument instrument;
        private final Questionnaire form;
        private final List<FieldError> issues = new ArrayList<>();
        private final Map<String, String> codeByDisplay = new HashMap<>();

        Reading(Instrument instrument, Questionnaire form) {
            this.instrument = instrument;
            this.form = form;
        }

        Read read() {
            var questions = new ArrayList<At<QuestionnaireItemComponent>>();
            var stems = new ArrayList<String>();
            flatten(form.getItem(), "", questions, stems);
            head();
            var items = items(questions);
            return issues.isEmpty()
                    ? new Read.Whole(form.getLanguage(), new Wording.Texts(source(), form.getCopyright().strip(),
                            stems.stream().findFirst().orElse(""), items))
                    : new Read.Refused(issues);
        }

        private Optional<String> source() {
            return Optional.ofNullable(form.getUrl())
                    .map(url -> form.hasVersion() ? url + "|" + form.getVersion() : url);
        }

        private void head() {
            if (!form.hasLanguage() || !LANGUAGES.contains(form.getLanguage())) {
                issue("/language", "file-language",
                        "The language of the file is not one that people are asked in; right would be nb, de or en");
            }
            if (!form.hasCopyright() || form.getCopyright().isBlank()) {
                issue("/copyright", "file-copyright",
                        "The file has no copyright line; right would be the one that the licence asks to show");
            }
            codes("/code", form.getCode(), new Use.Panel());
        }

        private void flatten(List<QuestionnaireItemComponent> items, String at,
                List<At<QuestionnaireItemComponent>> questions, List<String> stems) {
            for (var i = 0; i < items.size(); i++) {
                var item = items.get(i);
                var pointer = at + "/item/" + i;
                switch (item.getType() == null ? QuestionnaireItemType.NULL : item.getType()) {
                    case DISPLAY -> stem(item, stems);
                    case GROUP -> {
                        stem(item, stems);
                        flatten(item.getItem(), pointer, questions, stems);
                    }
                    case INTEGER, DECIMAL, QUANTITY -> codes(pointer + "/code", item.getCode(), new Use.Total());
                    default -> questions.add(new At<>(pointer, item));
                }
            }
        }

        private static void stem(QuestionnaireItemComponent item, List<String> stems) {
            if (item.hasText() && !item.getText().isBlank()) {
                stems.add(item.getText().strip());
            }
        }

        private Map<String, Wording.ItemTexts> items(List<At<QuestionnaireItemComponent>> questions) {
            if (questions.size() != instrument.items().size()) {
                issue("/item", "file-items", "The file asks " + questions.size() + " questions; right would be the "
                        + instrument.items().size() + " of " + instrument.title());
                return Map.of();
            }
            var texts = new HashMap<String, Wording.ItemTexts>();
            for (var i = 0; i < questions.size(); i++) {
                var item = instrument.items().get(i);
                texts.put(item.linkId(), item(item, questions.get(i)));
            }
            return texts;
        }

        private Wording.ItemTexts item(Instrument.Item item, At<QuestionnaireItemComponent> found) {
            var asked = found.element();
            if (instrument.item(asked.getLinkId()).isPresent() && !asked.getLinkId().equals(item.linkId())) {
                issue(found.pointer() + "/linkId", "file-order", "The question '" + asked.getLinkId()
                        + "' does not stand here; right would be '" + item.linkId() + "'");
            }
            if (asked.getType() != QuestionnaireItemType.CHOICE || asked.getRepeats()) {
                issue(found.pointer() + "/type", "file-type",
                        "The question is not one choice of several; right would be the type 'choice' without repeats");
            }
            if (!asked.hasText() || asked.getText().isBlank()) {
                issue(found.pointer() + "/text", "file-text",
                        "The question has no text; right would be the licensed one");
            }
            codes(found.pointer() + "/code", asked.getCode(), new Use.Question(item.linkId()));
            return new Wording.ItemTexts(asked.hasText() ? asked.getText().strip() : "", choices(item, found));
        }

        private Map<String, String> choices(Instrument.Item item, At<QuestionnaireItemComponent> found) {
            var options = found.element().getAnswerOption();
            var texts = new HashMap<String, String>();
            for (var i = 0; i < options.size(); i++) {
                choice(item, new At<>(found.pointer() + "/answerOption/" + i, options.get(i)), texts);
            }
            var missing = item.choices()
                    .stream()
                    .filter(choice -> !texts.containsKey(choice.code().code()))
                    .map(choice -> Integer.toString(choice.points()))
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                issue(found.pointer() + "/answerOption", "file-answers",
                        "No answer stands for these points: " + missing + "; right would be one for each");
            }
            return texts;
        }

        private void choice(Instrument.Item item, At<QuestionnaireItemAnswerOptionComponent> found,
                Map<String, String> texts) {
            var text = text(found.element());
            var meant = meant(item, found.element());
            if (text.isBlank() || meant.isEmpty()) {
                issue(found.pointer(), "file-answer",
                        "It is not clear which answer this is; right would be a text, and as ordinalValue one of these points: "
                                + item.choices().stream().map(Instrument.Choice::points).toList());
                return;
            }
            var code = meant.get().code().code();
            var before = codeByDisplay.putIfAbsent(text, code);
            if (before != null && !before.equals(code)) {
                issue(found.pointer(), "file-reversed",
                        "The same words count here as on no other question; right would be "
                                + item.choice(before).map(Instrument.Choice::points).orElse(0) + " points");
            }
            if (texts.putIfAbsent(code, text) != null) {
                issue(found.pointer(), "file-answer-twice",
                        "Two answers stand for " + meant.get().points() + " points; right would be one");
            }
        }

        private static String text(QuestionnaireItemAnswerOptionComponent option) {
            var text = option.getValue() instanceof Coding coding
                    ? coding.getDisplay()
                    : option.hasValue() ? option.getValue().primitiveValue() : null;
            return text == null ? "" : text.strip();
        }

        private static Optional<Instrument.Choice> meant(Instrument.Item item,
                QuestionnaireItemAnswerOptionComponent option) {
            var points = points(option);
            var coded = option.getValue() instanceof Coding coding
                    ? item.choices()
                            .stream()
                            .filter(choice -> choice.code().system().equals(coding.getSystem())
                                    && choice.code().code().equals(coding.getCode()))
                            .findFirst()
                    : Optional.<Instrument.Choice>empty();
            return coded.or(() -> points.flatMap(
                    wanted -> item.choices().stream().filter(choice -> choice.points() == wanted).findFirst()))
                    .filter(choice -> points.isEmpty() || points.get() == choice.points());
        }

        /** Where SDC and R4 write them: on the answer, or on its coding. */
        private static Optional<Integer> points(QuestionnaireItemAnswerOptionComponent option) {
            return Stream.of(FhirCodes.ITEM_WEIGHT, FhirCodes.ORDINAL_VALUE)
                    .flatMap(url -> Stream.concat(option.getExtensionsByUrl(url).stream(),
                            option.getValue() instanceof Coding coding
                                    ? coding.getExtensionsByUrl(url).stream()
                                    : Stream.empty()))
                    .filter(extension -> extension.getValue() instanceof DecimalType)
                    .map(extension -> ((DecimalType) extension.getValue()).getValue().intValue())
                    .findFirst();
        }

        private void codes(String pointer, List<Coding> codes, Use use) {
            for (var i = 0; i < codes.size(); i++) {
                var place = pointer + "/" + i;
                var code = codes.get(i);
                InstrumentCodes
                        .refuse(instrument, use, code.hasSystem() ? code.getSystem() : "",
                                code.hasCode() ? code.getCode() : "")
                        .ifPresent(refusal -> issue(place, refusal.code(), refusal.detail()));
            }
        }

        private void issue(String pointer, String code, String detail) {
            issues.add(new FieldError(pointer, code, detail));
        }
    }
}
