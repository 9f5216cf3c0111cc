// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluse.data.DataMap;
import org.sluse.data.RetentionPeriod;
import org.sluse.epr.EprPlugin;
import org.sluse.host.data.HostTables;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.Plugin;
import org.sluse.video.VideoPlugin;

/** What our own plugins' register rows say, in the words of their data maps. */
class KeptWordsTest {

    private final Texts texts = new Texts();
    private final KeptWords words = new KeptWords(texts);

    @Test
    void name_the_plugins_own_words_and_each_category_that_is_kept() {
        assertThat(words.data(new VideoPlugin(), Language.EN)).isEqualTo(
                "Display name, the clinic’s own words for everybody invited, times, waiting-room messages (pseudonyms, display name, identity, appointments and what became of them, staff: who did what, network and kind of program or device)");
    }

    @Test
    void name_how_long_each_thing_is_kept_by_the_settings_bounds() {
        assertThat(words.retention(new VideoPlugin(), Language.EN)).isEqualTo(
                "Appointments on video: as many days as the clinic has set, 30 unless it has, 88 at the most; Coming into a call: 1 day; picture and sound are never kept");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void have_a_text_for_each_table_of_ours(Language language) {
        haveTexts(new VideoPlugin(), language);
        haveTexts(new EprPlugin(), language);
        Stream.of(HostTables.CORE, HostTables.CONTROL, HostTables.BESIDE_A_PLUGIN)
                .forEach(map -> haveTexts(map, texts.bundle(Texts.KIT, language)));
    }

    private void haveTexts(Plugin<?> plugin, Language language) {
        haveTexts(plugin.dataMap(), texts.bundle(plugin.id().value(), language));
    }

    private static void haveTexts(DataMap map, Map<String, String> bundle) {
        map.tables().forEach(table -> {
            assertThat(bundle).containsKey(table.purposeKey());
            if (table.retention() instanceof RetentionPeriod.Until until) {
                assertThat(bundle).containsKey(until.whenKey());
            }
        });
    }
}
