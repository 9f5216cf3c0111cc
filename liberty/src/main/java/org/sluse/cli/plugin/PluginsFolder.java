// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder into which an operator drops plugins' jars. Looked at before each start; nothing is watched. */
public final class PluginsFolder {

    private final Path folder;

    /** @param folder need not exist */
    public PluginsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Which of its jars go into the application.
     *
     * @param application the application as built, exploded
     */
    public Selection select(Path application) {
        var files = files();
        if (files.isEmpty()) {
            return new Selection(List.of(), List.of());
        }
        var host = Host.read(application);
        var sound = new ArrayList<PluginJar>();
        var leftOut = new ArrayList<LeftOut>();
        for (var file : files) {
            try {
                sound.add(PluginJar.read(file, host));
            } catch (RefusedException refused) {
                leftOut.add(new LeftOut(file.getFileName().toString(), PluginJar.idOf(file), refused.reason(),
                        String.valueOf(refused.getMessage())));
            }
        }
        var clashes = PluginJar.clashes(sound);
        clashes.forEach((jar, cause) -> leftOut.add(Selection.leftOut(jar, cause)));
        sound.removeAll(clashes.keySet());
        return new Selection(sound, leftOut);
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            var found = new ArrayList<Path>();
            files.forEach(found::add);
            found.sort(null);
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
