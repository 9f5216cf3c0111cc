// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder that names the server a command speaks of. */
final class DataOption {

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:SLUSE_DATA}", description = "The server's data folder; default: $SLUSE_DATA, else ~/.local/share/sluse.")
    private @Nullable Path folder;

    DataFolder folder() {
        var chosen = folder;
        return new DataFolder(
                chosen == null || chosen.toString().isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "share", "sluse")
                        : chosen);
    }
}
