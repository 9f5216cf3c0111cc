// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.sluse.epr.assessment.Instrument;

/**
 * Instrument to Questionnaire, with the English texts; without any where they may not come with this software.
 *
 * <pre>
 * id, version, title   id, url, version, title
 * panel                code
 * notice               copyright
 * stem                 item[0] of type display
 * items                item[1..] of type choice, linkId = code
 * choices              answerOption with ordinalValue = points
 *                      observationExtract = true, category survey: each answer may be an Observation (SDC 4.0)
 * </pre>
 */
public final class QuestionnaireMapper {

    private static final String LANGUAGE = "en";

    public Questionnaire toFhir(Instrument instrument) {
        var questionnaire = new Questionnaire();
        questionnaire.setId(instrument.id());
        questionnaire.setLanguage(LANGUAGE);
        questionnaire.setUrl(FhirCodes.QUESTIONNAIRE + instrument.id())
                .setVersion(instrument.version())
                .setName(instrument.title().replace("-", ""))
                .setTitle(instrument.title())
                .setStatus(PublicationStatus.ACTIVE)
                .addSubjectType("Patient");
        if (!instrument.notice().isBlank()) {
            questionnaire.setCopyright(instrument.notice());
        }
        instrument.panel().ifPresent(code -> questionnaire.addCode(coding(code)));
        questionnaire.addExtension(FhirCodes.OBSERVATION_EXTRACT, new BooleanType(true));
        questionnaire.addExtension(FhirCodes.OBSERVATION_EXTRACT_CATEGORY, new CodeableConcept(
                new Coding().setSystem(FhirCodes.OBSERVATION_CATEGORY).setCode(FhirCodes.SURVEY)));
        if (instrument.stem().containsKey(LANGUAGE)) {
            questionnaire.addItem()
                    .setLinkId("stem")
                    .setText(instrument.stem().get(LANGUAGE))
                    .setType(QuestionnaireItemType.DISPLAY);
        }
        instrument.items().forEach(item -> questionnaire.addItem(item(item)));
        return questionnaire;
    }

    /** The canonical reference with version, as a response names it. */
    public static String canonical(Instrument instrument) {
        return FhirCodes.QUESTIONNAIRE + instrument.id() + "|" + instrument.version();
    }

    private static QuestionnaireItemComponent item(Instrument.Item item) {
        var mapped = new QuestionnaireItemComponent().setLinkId(item.linkId())
                .setText(item.text().get(LANGUAGE))
                .setType(QuestionnaireItemType.CHOICE);
        mapped.addCode(coding(item.code()));
        item.choices().forEach(choice -> mapped.addAnswerOption(option(choice)));
        return mapped;
    }

    private static QuestionnaireItemAnswerOptionComponent option(Instrument.Choice choice) {
        var coding = coding(choice.code()).setDisplay(choice.text().get(LANGUAGE));
        coding.addExtension(FhirCodes.ORDINAL_VALUE, new DecimalType(BigDecimal.valueOf(choice.points())));
        return new QuestionnaireItemAnswerOptionComponent().setValue(coding);
    }

    static Coding coding(Instrument.Code code) {
        var coding = new Coding().setSystem(code.system()).setCode(code.code());
        return code.display().isBlank() ? coding : coding.setDisplay(code.display());
    }
}
