// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process is ours. Its id alone could by now be somebody else's, so the moment of its start is kept beside it; a process that does not fit
 * both is not ours, and is neither waited for nor ended.
 */
record PidFile(Path file) {

    void write(ProcessHandle process) {
        note().write(process.pid() + " " + started(process).toEpochMilli());
    }

    Optional<ProcessHandle> process() {
        return note().read().flatMap(PidFile::parse).filter(ProcessHandle::isAlive);
    }

    void remove() {
        note().remove();
    }

    private static Optional<ProcessHandle> parse(String text) {
        var parts = text.split(" ", -1);
        if (parts.length != 2 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process -> started(process).toEpochMilli() == Long.parseLong(parts[1]));
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private DataFolder.Note note() {
        return new DataFolder.Note(file);
    }
}
