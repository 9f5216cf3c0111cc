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
import org.sluse.benchmark.unruly.Unruly;

/** Packs the plugin that misbehaves, as its author would. */
final class UnrulyJar {

    private static final String TEXTS = """
            module.name=Unruly
            module.purpose=Misbehaves when it is asked to
            activity.purpose=Measuring
            activity.subjects=Nobody
            activity.data=None
            activity.retention=None
            activity.legal-basis=None is needed
            kept.things=Things
            kept.until.measured=Until it is measured
            """;

    private UnrulyJar() {
    }

    /** Writes it there. */
    static void write(Path target) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Sluse-Plugin", "unruly");
        manifest.getMainAttributes().putValue("Sluse-Api", "0.1.0");
        try {
            Files.createDirectories(target.getParent());
            try (var jar = new JarOutputStream(Files.newOutputStream(target), manifest)) {
                put(jar, "META-INF/beans.xml",
                        """
                                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>""");
                for (var language : List.of("nb", "de", "en")) {
                    put(jar, "META-INF/sluse/unruly/messages_" + language + ".properties", TEXTS);
                }
                put(jar, "db/unruly/flyway.location", "");
                put(jar, "db/unruly/V001__things.sql", "create table thing (id text primary key);");
                classes(jar);
            }
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }

    private static void classes(JarOutputStream jar) throws IOException {
        var inside = Unruly.class.getPackageName().replace('.', '/');
        try (var files = Files.list(
                Path.of(Unruly.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve(inside))) {
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
