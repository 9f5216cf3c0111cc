// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * What is in the application as built.
 *
 * @param api the platform-api in it
 * @param plugins ids of the plugins in it
 * @param packages names of every package with a class
 */
record Host(ApiLevel api, Set<String> plugins, Set<String> packages) {

    /** @param application the exploded application */
    static Host read(Path application) {
        var plugins = new HashSet<String>();
        var packages = new HashSet<String>();
        Optional<ApiLevel> api = Optional.empty();
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(application.resolve("WEB-INF/lib"), "*.jar");
                var classes = Files.walk(application.resolve("WEB-INF/classes"))) {
            var root = application.resolve("WEB-INF/classes");
            classes.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> packages.add(packageOf(root.relativize(file).toString().replace('\\', '/'))));
            for (var library : libraries) {
                try (var jar = new JarFile(library.toFile())) {
                    jar.stream()
                            .filter(entry -> entry.getName().endsWith(".class"))
                            .forEach(entry -> packages.add(packageOf(entry.getName())));
                    var own = PluginJar.attribute(jar, PluginJar.ID);
                    own.ifPresent(plugins::add);
                    if (own.isEmpty()) {
                        api = api.or(() -> PluginJar.attribute(jar, PluginJar.API).flatMap(ApiLevel::of));
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        packages.remove("");
        return new Host(api.orElseThrow(() -> new IllegalStateException("No jar of " + application
                + " says which platform-api it is; right would be the attribute " + PluginJar.API)), plugins, packages);
    }

    /** Of the entry of a class, in a jar for several versions of Java too. */
    static String packageOf(String entry) {
        var path = entry.replaceFirst("^META-INF/versions/\\d+/", "");
        return path.substring(0, Math.max(0, path.lastIndexOf('/'))).replace('/', '.');
    }
}
