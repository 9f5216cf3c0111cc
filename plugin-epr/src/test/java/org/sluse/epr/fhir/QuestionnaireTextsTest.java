// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.assessment.AssessmentsAtHand.instrument;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.epr.assessment.Wording;
import org.sluse.epr.assessment.WordingReader.Read;
import org.sluse.problem.FieldError;

/** Files that clinics bring as the text of CORE-10; the words are made up. */
class QuestionnaireTextsTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();

    @Test
    void a_form_with_points_at_its_answers_is_read_whole() {
        var texts = whole(form());

        assertThat(texts.source()).contains("https://clinic.example/Questionnaire/core-10|3");
        assertThat(texts.notice()).isEqualTo("Made up, of nobody");
        assertThat(texts.stem()).isEqualTo("The stem");
        assertThat(texts.items()).hasSize(10);
        assertThat(item(texts, "item-1").text()).isEqualTo("Question 1");
        assertThat(item(texts, "item-1").choices()).containsEntry("0", "Never").containsEntry("4", "Always");
    }

    @Test
    void an_item_that_counts_the_other_way_round_has_the_same_words_for_the_same_answers() {
        assertThat(item(whole(form()), "item-2").choices()).containsEntry("0", "Never")
                .containsEntry("4", "Always");
    }

    @Test
    void one_whose_reversed_item_is_not_reversed_is_refused() {
        assertThat(refused(form -> form.getItem().get(1).getItem().set(1, item(2, false)))).containsExactly(
                "/item/1/item/1/answerOption/0 file-reversed", "/item/1/item/1/answerOption/1 file-reversed",
                "/item/1/item/1/answerOption/3 file-reversed", "/item/1/item/1/answerOption/4 file-reversed");
    }

    @Test
    void what_the_licence_wants_shown_and_the_language_have_to_be_there() {
        assertThat(refused(form -> form.setCopyright(null).setLanguage("no")))
                .containsExactly("/language file-language", "/copyright file-copyright");
    }

    @Test
    void a_question_less_or_more_is_another_form() {
        assertThat(refused(form -> form.getItem().get(1).getItem().removeLast())).containsExactly("/item file-items");
    }

    @Test
    void answers_without_points_or_codes_are_not_guessed_by_their_order() {
        assertThat(refused(form -> form.getItem()
                .get(1)
                .getItemFirstRep()
                .getAnswerOption()
                .forEach(option -> option.setExtension(null)))).contains(
                        "/item/1/item/0/answerOption/0 file-answer", "/item/1/item/0/answerOption file-answers");
    }

    @Test
    void questions_without_words_and_of_another_kind_are_named() {
        assertThat(refused(form -> form.getItem()
                .get(1)
                .getItemFirstRep()
                .setText(" ")
                .setType(QuestionnaireItemType.OPENCHOICE)))
                .containsExactly("/item/1/item/0/type file-type", "/item/1/item/0/text file-text");
    }

    @Test
    void a_code_that_somebody_invented_is_refused() {
        assertThat(refused(form -> form.addCode(new Coding("http://loinc.org", "89708-7", null))))
                .containsExactly("/code/0 code-system");
    }

    @Test
    void a_score_in_the_form_is_ours_to_work_out_and_may_not_have_another_code() {
        assertThat(whole(form().addItem(score("https://sluse.org/fhir/CodeSystem/core-10", "total"))).items())
                .hasSize(10);
        assertThat(refused(form -> form.addItem(score("http://loinc.org", "44249-1"))))
                .containsExactly("/item/2/code/0 code-wrong");
    }

    @Test
    void an_item_in_the_place_of_another_is_refused() {
        assertThat(refused(form -> form.getItem().get(1).getItemFirstRep().setLinkId("item-2")))
                .containsExactly("/item/1/item/0/linkId file-order");
    }

    @Test
    void what_is_no_questionnaire_is_refused() {
        assertThat(new QuestionnaireTexts().read(instrument("core-10"), "{\"resourceType\": \"Patient\"}"))
                .isInstanceOfSatisfying(Read.Refused.class,
                        read -> assertThat(read.issues()).extracting(FieldError::code)
                                .containsExactly("file-not-questionnaire"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "null", "[]", "1", "\"text\"", "{}", "{\"resourceType\": 1}", "{\"resourceType\"",
            "{\"resourceType\": \"Questionnaire\", \"item\": 3}",
            "{\"resourceType\": \"Questionnaire\", \"item\": [3, null]}",
            "{\"resourceType\": \"Questionnaire\", \"item\": [{\"type\": \"none\"}]}",
            "{\"resourceType\": \"Questionnaire\", \"code\": [{}], \"item\": [{}]}"})
    void whatever_is_sent_is_refused_and_breaks_nothing(String file) {
        assertThat(new QuestionnaireTexts().read(instrument("core-10"), file)).isInstanceOf(Read.Refused.class);
    }

    @Test
    void our_own_form_with_words_in_it_is_read() {
        var form = new QuestionnaireMapper().toFhir(instrument("isi")).setCopyright("Made up");
        form.getItem().forEach(item -> {
            item.setText("Question");
            item.getAnswerOption()
                    .forEach(option -> option.getValueCoding().setDisplay("A" + option.getValueCoding().getCode()));
        });

        assertThat(new QuestionnaireTexts().read(instrument("isi"), R4.newJsonParser().encodeResourceToString(form)))
                .isInstanceOf(Read.Whole.class);
    }

    private static Wording.Texts whole(Questionnaire form) {
        return ((Read.Whole) read(form)).texts();
    }

    private static Wording.ItemTexts item(Wording.Texts texts, String linkId) {
        return Objects.requireNonNull(texts.items().get(linkId));
    }

    private static List<String> refused(Consumer<Questionnaire> change) {
        var form = form();
        change.accept(form);
        return ((Read.Refused) read(form)).issues().stream().map(one -> one.pointer() + " " + one.code()).toList();
    }

    private static Read read(Questionnaire form) {
        return new QuestionnaireTexts().read(instrument("core-10"), R4.newJsonParser().encodeResourceToString(form));
    }

    private static Questionnaire form() {
        var form = new Questionnaire().setUrl("https://clinic.example/Questionnaire/core-10")
                .setVersion("3")
                .setCopyright("Made up, of nobody");
        form.setLanguage("nb");
        form.addItem().setLinkId("stem").setText("The stem").setType(QuestionnaireItemType.DISPLAY);
        var group = form.addItem().setLinkId("all").setType(QuestionnaireItemType.GROUP);
        for (var i = 1; i <= 10; i++) {
            group.addItem(item(i, i == 2 || i == 3));
        }
        return form;
    }

    private static QuestionnaireItemComponent score(String system, String code) {
        return new QuestionnaireItemComponent().setLinkId("score")
                .setType(QuestionnaireItemType.DECIMAL)
                .addCode(new Coding(system, code, null));
    }

    private static QuestionnaireItemComponent item(int number, boolean reversed) {
        var item = new QuestionnaireItemComponent().setLinkId("q" + number)
                .setText("Question " + number)
                .setType(QuestionnaireItemType.CHOICE);
        var words = List.of("Never", "Seldom", "At times", "Often", "Always");
        for (var i = 0; i < 5; i++) {
            item.addAnswerOption()
                    .setValue(new StringType(words.get(i)))
                    .addExtension(FhirCodes.ORDINAL_VALUE, new DecimalType(BigDecimal.valueOf(reversed ? 4 - i : i)));
        }
        return item;
    }
}
