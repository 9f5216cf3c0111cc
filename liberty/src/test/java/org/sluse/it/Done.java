// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** What a campaign has done already, so that one that was broken off goes on where it was. */
final class Done {

    private final Path file;
    private final boolean goesOn;
    private final Set<String> before;

    private Done(Path file, boolean goesOn, Set<String> before) {
        this.file = file;
        this.goesOn = goesOn;
        this.before = before;
    }

    /** @param campaign names the file in {@code liberty/target/campaign}; remove it to begin anew @param goesOn whether what is in it is left out; a run that is no campaign does all of it each time */
    static Done of(String campaign, boolean goesOn) {
        var file = Path.of(System.getProperty("sluse.home", "..")).resolve("liberty/target/campaign").resolve(campaign);
        try {
            Files.createDirectories(file.getParent());
            return new Done(file, goesOn,
                    goesOn && Files.exists(file) ? new HashSet<>(Files.readAllLines(file)) : Set.of());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean contains(String name) {
        return before.contains(name);
    }

    void add(String name) {
        if (goesOn) {
            try {
                Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
