// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import org.sluse.epr.fhir.FhirCodes;

/** Canonical addresses of extensions that the engine reads. */
final class Sdc {

    private static final String SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    private static final String CORE = "http://hl7.org/fhir/StructureDefinition/";

    /** SDC 4.0, extraction: boolean or code. */
    static final String OBSERVATION_EXTRACT = FhirCodes.OBSERVATION_EXTRACT;
    static final String OBSERVATION_CATEGORY = FhirCodes.OBSERVATION_EXTRACT_CATEGORY;
    static final String OBSERVATION_ENTRY = SDC + "observationExtractEntry";
    static final String TEMPLATE_EXTRACT = SDC + "templateExtract";
    static final String TEMPLATE_BUNDLE = SDC + "templateExtractBundle";
    static final String TEMPLATE_CONTEXT = SDC + "templateExtractContext";
    static final String TEMPLATE_VALUE = SDC + "templateExtractValue";
    static final String ALLOCATE_ID = SDC + "extractAllocateId";
    static final String DEFINITION_EXTRACT = SDC + "definitionExtract";
    static final String DEFINITION_VALUE = SDC + "definitionExtractValue";
    /** SDC 3.0, what definitionExtract took the place of. */
    static final String EXTRACTION_CONTEXT = SDC + "itemExtractionContext";

    static final String CALCULATED = SDC + "calculatedExpression";
    static final String INITIAL = SDC + "initialExpression";
    static final String LAUNCH_CONTEXT = SDC + "launchContext";
    static final String ITEM_CONTEXT = SDC + "itemPopulationContext";
    static final String TARGET_MAP = SDC + "targetStructureMap";
    static final String SOURCE_MAP = SDC + "sourceStructureMap";
    static final String SOURCE_QUERIES = SDC + "sourceQueries";
    static final String LINK_PERIOD = SDC + "observationLinkPeriod";

    static final String ENABLE_WHEN = SDC + "enableWhenExpression";
    static final String MIN_QUANTITY = SDC + "minQuantity";
    static final String MAX_QUANTITY = SDC + "maxQuantity";
    static final String SUB_QUESTIONNAIRE = SDC + "subQuestionnaire";
    static final String ADAPTIVE = SDC + "questionnaireAdaptive";

    /** FHIR R4 extensions. */
    static final String TRANSLATION = CORE + "translation";
    static final String HIDDEN = CORE + "questionnaire-hidden";
    static final String CONTROL = CORE + "questionnaire-itemControl";
    static final String CATEGORY = CORE + "questionnaire-displayCategory";
    static final String SUPPORT_LINK = CORE + "questionnaire-supportLink";
    static final String UNIT_OPTION = CORE + "questionnaire-unitOption";
    static final String MIN_OCCURS = CORE + "questionnaire-minOccurs";
    static final String MAX_OCCURS = CORE + "questionnaire-maxOccurs";
    static final String EXCLUSIVE = CORE + "questionnaire-optionExclusive";
    static final String CONSTRAINT = CORE + "questionnaire-constraint";
    static final String TARGET_CONSTRAINT = CORE + "targetConstraint";
    static final String MIN_VALUE = CORE + "minValue";
    static final String MAX_VALUE = CORE + "maxValue";
    static final String MIN_LENGTH = CORE + "minLength";
    static final String REGEX = CORE + "regex";
    static final String DECIMAL_PLACES = CORE + "maxDecimalPlaces";
    static final String MAX_SIZE = CORE + "maxSize";
    static final String MIME_TYPE = CORE + "mimeType";
    static final String ENTRY_FORMAT = CORE + "entryFormat";
    static final String VARIABLE = CORE + "variable";
    static final String UNIT = CORE + "questionnaire-unit";
    static final String ITEM_WEIGHT = CORE + "itemWeight";
    static final String ORDINAL_VALUE = FhirCodes.ORDINAL_VALUE;

    /** FHIR concept property: what itemWeight is called in a code system. */
    static final String WEIGHT_PROPERTY = "http://hl7.org/fhir/concept-properties#itemWeight";

    private Sdc() {}
}
