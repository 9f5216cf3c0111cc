// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluse.epr.assessment.AssessmentsAtHand.instrument;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluse.epr.assessment.InstrumentCodes.Refusal;
import org.sluse.epr.assessment.InstrumentCodes.Use;

/** Codes that were seen in use, and are wrong. */
class InstrumentCodesTest {

    private static final String LOINC = "http://loinc.org";

    @Test
    void every_code_of_the_catalogue_is_right_where_it_stands() {
        for (var one : Instruments.ALL) {
            one.panel()
                    .ifPresent(code -> assertThat(
                            InstrumentCodes.refuse(one, new Use.Panel(), code.system(), code.code())).isEmpty());
            assertThat(InstrumentCodes.refuse(one, new Use.Total(), one.total().system(), one.total().code()))
                    .isEmpty();
            assertThat(one.items()).allSatisfy(item -> assertThat(InstrumentCodes.refuse(one,
                    new Use.Question(item.linkId()), item.code().system(), item.code().code())).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '~', value = {
            "phq-9# 44249-1# \'http://loinc.org|44249-1' is PHQ-9 as a whole, not the score of PHQ-9; right would be 'http://loinc.org|44261-6'",
            "audit# 75626-2# \'http://loinc.org|75626-2' is the score of AUDIT-C, not the score of AUDIT; right would be 'http://loinc.org|75624-7'",
            "audit-c# 75624-7# \'http://loinc.org|75624-7' is the score of AUDIT, not the score of AUDIT-C; right would be 'http://loinc.org|75626-2'",
            "phq-9# 44262-4# \'http://loinc.org|44262-4' is not known to be the score of PHQ-9; right would be 'http://loinc.org|44261-6'",
            "who-5# 89708-7# \'http://loinc.org|89708-7' is not known to be the score of WHO-5; right would be 'https://sluse.org/fhir/CodeSystem/who-5|total'",
            "isi# 96899-5# \'http://loinc.org|96899-5' is not known to be the score of ISI; right would be 'https://sluse.org/fhir/CodeSystem/isi|total'"})
    void a_code_that_is_not_the_score_is_refused_and_the_right_one_named(String id, String code, String detail) {
        assertThat(InstrumentCodes.refuse(instrument(id), new Use.Total(), LOINC, code))
                .contains(new Refusal("code-wrong", detail));
    }

    @Test
    void the_panel_of_the_short_form_is_not_the_one_of_the_long_form() {
        assertThat(InstrumentCodes.refuse(instrument("audit"), new Use.Panel(), LOINC, "72109-2"))
                .contains(new Refusal("code-wrong", "'http://loinc.org|72109-2' is AUDIT-C as a whole, not AUDIT as a "
                        + "whole; right would be 'http://loinc.org|72110-0'"));
    }

    @Test
    void a_care_area_is_no_code_of_an_assessment() {
        var careArea = "urn:oid:2.16.578.1.12.4.1.1.8655";

        assertThat(InstrumentCodes.refuse(instrument("phq-9"), new Use.Panel(), careArea, "S03"))
                .contains(new Refusal("code-system", "'" + careArea
                        + "' is not the code system of PHQ-9 as a whole; right would be 'http://loinc.org|44249-1'"));
    }

    @Test
    void questions_that_have_changed_places_are_named() {
        assertThat(InstrumentCodes.refuse(instrument("gad-7"), new Use.Question("69725-0"), LOINC, "68509-9"))
                .contains(new Refusal("code-wrong", "'http://loinc.org|68509-9' is question 2 of GAD-7, not question 1 "
                        + "of GAD-7; right would be 'http://loinc.org|69725-0'"));
    }

    @Test
    void where_nobody_has_published_a_code_none_is_right() {
        assertThat(InstrumentCodes.refuse(instrument("who-5"), new Use.Panel(), LOINC, "71969-0"))
                .contains(new Refusal("code-wrong", "'http://loinc.org|71969-0' is not known to be WHO-5 as a whole; "
                        + "nobody has published one; right would be no code"));
    }
}
