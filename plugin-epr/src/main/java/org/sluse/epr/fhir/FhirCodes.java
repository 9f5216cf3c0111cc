// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

/** Every system and code that leaves, with where it comes from. */
public final class FhirCodes {

    /** FHIR R4, terminologies: LOINC. */
    public static final String LOINC = "http://loinc.org";
    /** FHIR R4, terminologies: UCUM. */
    public static final String UCUM = "http://unitsofmeasure.org";
    /** UCUM annotation; LOINC 44261-6, example UCUM units. */
    public static final String SCORE_UNIT = "{score}";
    /** FHIR R4, Identifier.system for values that are URIs (RFC 3986). */
    public static final String URI = "urn:ietf:rfc:3986";
    /** FHIR R4, value set observation-category. */
    public static final String OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    /** FHIR R4, observation-category: "Assessment tool/survey instrument observations". */
    public static final String SURVEY = "survey";
    /** FHIR R4, value set data-absent-reason. */
    public static final String DATA_ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    /** FHIR R4, data-absent-reason: "The source was asked but declined to answer." */
    public static final String ASKED_DECLINED = "asked-declined";
    /** FHIR R4, extension data-absent-reason. */
    public static final String DATA_ABSENT_REASON_EXTENSION = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    /** FHIR R4, extension itemWeight: points of an answer, as SDC 4.0 has them. */
    public static final String ITEM_WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight";
    /** FHIR R4, extension ordinalValue: points of an answer. */
    public static final String ORDINAL_VALUE = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    /** SDC 4.0, extension observationExtract. */
    public static final String OBSERVATION_EXTRACT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract";
    /** SDC 4.0, extension observation-extract-category. */
    public static final String OBSERVATION_EXTRACT_CATEGORY = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observation-extract-category";
    /** FHIR R4, value set provenance-agent-type. */
    public static final String PARTICIPANT_TYPE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    /** FHIR R4, provenance-participant-type: who composed the content. */
    public static final String AUTHOR = "author";
    /** FHIR R4, provenance-participant-type: "A device that operates independently of an author". */
    public static final String ASSEMBLER = "assembler";
    /** Ours: the canonical address of an instrument as Questionnaire is this, then the instrument's id. */
    public static final String QUESTIONNAIRE = "https://sluse.org/fhir/Questionnaire/";
    /** Ours: the assessment to which a Provenance belongs, as a tag, since Provenance has no identifier in R4. */
    public static final String ASSESSMENT = "https://sluse.org/fhir/assessment";
    /** Ours: version of the rules by which these mappers work. */
    public static final String MAPPING = "https://sluse.org/fhir/mapping";
    /** The present version of these rules. */
    public static final String MAPPING_VERSION = "1";

    private FhirCodes() {}
}
