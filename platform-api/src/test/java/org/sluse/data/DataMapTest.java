// SPDX-License-Identifier: Apache-2.0
package org.sluse.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.data.RetentionPeriod.After;
import org.sluse.data.RetentionPeriod.Until;
import org.sluse.data.RetentionPeriod.With;

/** The loans of a library for patients, and reminders of them. */
class DataMapTest {

    private static final KeptTable LOAN = KeptTable.of("loan", "kept.loans", new After(365, "returned_at"))
            .plain(KeptCategory.PSEUDONYM, "id", "patient_id")
            .plain(KeptCategory.NONE, "returned_at")
            .ofPerson("patient_id");
    private static final KeptTable REMINDER = KeptTable.of("reminder", "kept.loans", new With("loan"))
            .plain(KeptCategory.PSEUDONYM, "loan_id")
            .sealed(KeptCategory.CONTACT, "phone")
            .ofPersonIn("loan", "loan_id");
    private static final DataMap MAP = DataMap.of(LOAN, REMINDER);

    @Test
    void agrees_with_tables_that_have_just_these_columns() {
        assertThat(MAP.contradictions(
                Map.of("loan", Set.of("id", "patient_id", "returned_at"), "reminder", Set.of("loan_id", "phone"))))
                .isEmpty();
    }

    @Test
    void names_each_column_that_only_one_of_both_has() {
        assertThat(MAP.contradictions(Map.of("loan", Set.of("id", "patient_id", "returned_at", "title"), "reminder",
                Set.of("loan_id"), "wish", Set.of("book")))).containsExactly(
                        "Column 'loan.title' is stored and has no entry in the data map; right would be an entry that says what it holds and for how long",
                        "Column 'reminder.phone' has an entry in the data map and is not stored; right would be a map without it",
                        "Column 'wish.book' is stored and has no entry in the data map; right would be an entry that says what it holds and for how long");
    }

    @Test
    void is_of_patients_when_one_of_its_tables_is() {
        assertThat(MAP.isOfPatients()).isTrue();
        assertThat(DataMap.of(KeptTable.of("note", "kept.notes", new Until("kept.until.asked"))
                .plain(KeptCategory.STAFF, "author")).isOfPatients()).isFalse();
    }

    @Test
    void has_each_table_and_each_column_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> MAP.and(DataMap.of(LOAN)))
                .withMessage("Table 'loan' is twice in the data map; right would be once");
        assertThatIllegalArgumentException().isThrownBy(() -> LOAN.plain(KeptCategory.NONE, "id"))
                .withMessage("Column 'loan.id' has two entries in the data map; right would be one");
    }

    @Test
    void says_of_what_is_about_patients_how_the_patient_is_found() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataMap
                        .of(KeptTable.of("loan", "kept.loans", new Until("x")).plain(KeptCategory.IDENTITY, "name")))
                .withMessage(
                        "Table 'loan' holds something about patients and does not say about whom; right would be ofPerson or ofPersonIn");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataMap.of(REMINDER, KeptTable.of("loan", "kept.loans", new Until("x"))))
                .withMessage(
                        "Table 'reminder' finds its person in 'loan', which names none; right would be a person there");
    }

    @Test
    void refers_only_to_what_is_in_it() {
        assertThatIllegalArgumentException().isThrownBy(() -> DataMap.of(REMINDER))
                .withMessage(
                        "Table 'reminder' names table 'loan', which is no other of the data map; right would be another table of the map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataMap.of(KeptTable.of("loan", "kept.loans", new After(1, "at"))))
                .withMessage(
                        "Table 'loan' names column 'at', which has no entry in the data map; right would be one of its columns");
    }

    @Test
    void keeps_for_a_day_at_least_and_names_as_a_database_does() {
        assertThatIllegalArgumentException().isThrownBy(() -> new After(0, "at"));
        assertThatIllegalArgumentException().isThrownBy(() -> LOAN.plain(KeptCategory.NONE, "a\"; drop"))
                .withMessageContaining("lower-case letters, digits and underscores");
    }
}
