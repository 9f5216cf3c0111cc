// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.plugin;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluse.data.DataMap;
import org.sluse.data.KeptCategory;
import org.sluse.data.KeptTable;
import org.sluse.data.RetentionPeriod;
import org.sluse.settings.Setting;

class KeptRulesTest {

    record Days(@Setting(byDefault = "30", min = 1, max = 88) int kept,
            @Setting(byDefault = "0", max = 88) int perhapsNone, @Setting String words) {}

    @Test
    void a_time_of_keeping_may_be_a_number_of_days_among_the_settings() {
        assertThatCode(() -> KeptRules.check(Days.class, notes("note", "kept"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perhapsNone", "words", "nothing"})
    void and_nothing_else(String setting) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeptRules.check(Days.class, notes("note", setting)))
                .withMessage("Table 'note' is kept as setting '" + setting
                        + "' says; right would be a component of the settings record of type int with a min of 1 or more");
    }

    @Test
    void the_hosts_own_tables_are_not_the_plugins_to_declare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptRules.check(Days.class, notes("one_time_link", "kept")))
                .withMessage(
                        "The data map has table 'one_time_link', which the host keeps; right would be a map without it");
    }

    private static DataMap notes(String table, String setting) {
        return DataMap.of(KeptTable.of(table, "kept.notes", new RetentionPeriod.AsSet(setting, "at"))
                .plain(KeptCategory.NONE, "id", "at"));
    }
}
