// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the operator sets for backups.
 *
 * @param place {@code sluse.backup.place}: where each night's backups go: a folder, as an absolute path on another disk, or a bucket, {@code s3://bucket/prefix} or {@code gs://bucket/prefix}; absent: none are made by themselves
 * @param sameDisk {@code sluse.backup.same-disk}: whether a place may lie on the disk of the data folder; default false, true in the demo
 * @param keep {@code sluse.backup.keep-days}: how long a backup is kept at that place, 1 to 3650 days; default 14. Old ones are removed once there is a new one
 */
record BackupSettings(Optional<String> place, boolean sameDisk, Duration keep) {

    private static final int LONGEST_DAYS = 3650;

    /** @param values by name of the setting @throws IllegalArgumentException when one is not as it should be */
    static BackupSettings of(Function<String, Optional<String>> values) {
        var days = values.apply("sluse.backup.keep-days").orElse("14").strip();
        if (!days.matches("[1-9]\\d{0,3}") || Integer.parseInt(days) > LONGEST_DAYS) {
            throw new IllegalArgumentException(
                    "sluse.backup.keep-days is '" + days + "'; right would be a number from 1 to " + LONGEST_DAYS);
        }
        return new BackupSettings(values.apply("sluse.backup.place").map(String::strip),
                values.apply("sluse.backup.same-disk").map(Boolean::parseBoolean).orElse(false),
                Duration.ofDays(Integer.parseInt(days)));
    }
}
