// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent of {@code org.sluse.it.agent} for another process, in a jar with nothing else of the tests. */
final class AgentJar {

    private AgentJar() {
    }

    /** What starts a process with the agent. @param folder that the jar goes into @param argument a path for the agent */
    static String option(Path folder, Class<?> agent, Path argument) {
        return "-javaagent:" + make(folder.resolve(agent.getSimpleName() + ".jar"), agent) + "="
                + argument.toAbsolutePath();
    }

    private static Path make(Path jar, Class<?> agent) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        var inside = agent.getPackageName().replace('.', '/');
        var compiled = Path.of(URI.create(agent.getProtectionDomain().getCodeSource().getLocation().toString()));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var classes = Files.list(compiled.resolve(inside))) {
            for (var file : classes.toList()) {
                out.putNextEntry(new JarEntry(inside + "/" + file.getFileName()));
                Files.copy(file, out);
            }
            return jar.toAbsolutePath();
        } catch (IOException cannotMake) {
            throw new UncheckedIOException(cannotMake);
        }
    }
}
