// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.sluse.plugin.Plugin;

/** Packs a plugin that only measurements know, as its author would. */
final class PluginJar {

    private static final String TEXTS = """
            module.name=Measured
            module.purpose=Is measured
            activity.purpose=Measuring
            activity.subjects=Nobody
            activity.data=None
            activity.retention=None
            activity.legal-basis=None is needed
            kept.things=Things
            kept.persons=Persons
            kept.until.measured=Until it is measured
            """;

    private PluginJar() {
    }

    /**
     * Writes it into the plugins of a data folder.
     *
     * @param id of the plugin
     * @param plugin its bean, with which its other classes lie in one package
     * @param tables statements that make them
     */
    static void write(Path data, String id, Class<? extends Plugin<?>> plugin, String tables) {
        var target = data.resolve("plugins").resolve(id + ".jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Sluse-Plugin", id);
        manifest.getMainAttributes().putValue("Sluse-Api", "0.1.0");
        try {
            Files.createDirectories(target.getParent());
            try (var jar = new JarOutputStream(Files.newOutputStream(target), manifest)) {
                put(jar, "META-INF/beans.xml",
                        """
                                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>""");
                for (var language : List.of("nb", "de", "en")) {
                    put(jar, "META-INF/sluse/" + id + "/messages_" + language + ".properties", TEXTS);
                }
                put(jar, "db/" + id + "/flyway.location", "");
                put(jar, "db/" + id + "/V001__tables.sql", tables);
                classes(jar, plugin);
            }
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }

    private static void classes(JarOutputStream jar, Class<?> plugin) throws IOException {
        var inside = plugin.getPackageName().replace('.', '/');
        try (var files = Files.list(
                Path.of(plugin.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve(inside))) {
            for (var file : files.toList()) {
                jar.putNextEntry(new JarEntry(inside + "/" + file.getFileName()));
                Files.copy(file, jar);
            }
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void put(JarOutputStream jar, String name, String content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content.getBytes(StandardCharsets.UTF_8));
    }
}
