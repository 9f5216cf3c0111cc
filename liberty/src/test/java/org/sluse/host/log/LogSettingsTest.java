// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a log is signed. */
class LogSettingsTest {

    @Test
    void a_log_waits_a_minute_for_its_next_checkpoint_unless_the_operator_sets_less() {
        assertThat(LogSettings.of(any -> Optional.empty()).betweenCheckpoints()).isEqualTo(Duration.ofMinutes(1));
        assertThat(LogSettings.of(any -> Optional.of("5")).betweenCheckpoints()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "61", "100", "-1", "a minute", ""})
    void nothing_longer_than_the_minute_that_is_promised_can_be_set(String seconds) {
        assertThatIllegalArgumentException().isThrownBy(() -> LogSettings.of(any -> Optional.of(seconds)))
                .withMessage("sluse.log.checkpoint-seconds is '" + seconds + "'; right would be a number from 1 to 60");
    }

    @Test
    void a_start_that_a_wrong_setting_stops_leaves_the_line_that_the_launcher_shows() {
        var lines = new ArrayList<String>();
        var log = Logger.getLogger(LogBeans.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        log.addHandler(handler);
        try {
            assertThatIllegalArgumentException().isThrownBy(() -> LogBeans.settings(any -> Optional.of("61")));
        } finally {
            log.removeHandler(handler);
        }

        assertThat(lines).containsExactly(
                "SEVERE log-settings-refused reason=sluse.log.checkpoint-seconds is '61'; right would be a number from 1 to 60");
    }
}
