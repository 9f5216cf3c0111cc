// SPDX-License-Identifier: Apache-2.0
package org.sluse.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluse.subject.SubjectErasure.Kept;
import org.sluse.subject.SubjectExport.Part;

/** What a plugin may answer about a person. */
class SubjectAnswersTest {

    private static final List<Part> ROWS = List.of(new Part("note", List.of(Map.of("id", "1"))));

    @Test
    void what_is_given_out_is_somebodys() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SubjectExport(Set.of(), ROWS, List.of()))
                .withMessage(
                        "Something is given out, and no id says whose it is; right would be each id under which the audit trail has the person");
        assertThatIllegalArgumentException().isThrownBy(() -> new SubjectExport(Set.of(), List.of(), List.of("{}")));
        assertThat(new SubjectExport(Set.of("patient-1"), ROWS, List.of()).isNothing()).isFalse();
    }

    @Test
    void what_is_erased_or_kept_is_somebodys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubjectErasure(Set.of(), Map.of("note", 1), List.of()))
                .withMessage(
                        "Something is erased or kept, and no id says whose it is; right would be each id under which the audit trail has the person");
        assertThatIllegalArgumentException().isThrownBy(
                () -> new SubjectErasure(Set.of(), Map.of(), List.of(new Kept(1, "kept.notes", "kept.notes-why"))));
        assertThat(new SubjectErasure(Set.of("patient-1"), Map.of("note", 1), List.of()).isNothing()).isFalse();
    }

    @Test
    void tables_without_a_row_are_nothing() {
        assertThat(new SubjectExport(Set.of(), List.of(new Part("note", List.of())), List.of()))
                .isEqualTo(SubjectExport.NOTHING);
    }
}
