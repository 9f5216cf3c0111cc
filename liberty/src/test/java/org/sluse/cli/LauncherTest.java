// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluse} itself, in a folder where everything is built, among JDKs that only say their version and what they were called with. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("../sluse");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void without_a_jdk_it_says_what_would_be_right() throws Exception {
        jdk("jdks/17", "17.0.9");

        var ended = sluse(Map.of("SLUSE_JDKS", folder.resolve("jdks").toString()));

        assertThat(ended.code()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(ended.said()).isEqualTo(
                "sluse: no JDK 25 or newer was found; right would be to install one, or to set JAVA_HOME to it.\n");
    }

    @Test
    void it_takes_the_jdk_that_JAVA_HOME_names() throws Exception {
        var chosen = jdk("chosen", "25");
        jdk("jdks/26", "26.0.1");

        var ended = sluse(Map.of("JAVA_HOME", chosen.toString(), "SLUSE_JDKS", folder.resolve("jdks").toString()));

        assertThat(ended.said()).startsWith(chosen + " ").contains("org.sluse.cli.Sluse status");
    }

    @Test
    void it_passes_over_an_older_JAVA_HOME() throws Exception {
        var older = jdk("older", "21.0.2");
        var newer = jdk("jdks/25", "25.0.3");

        var ended = sluse(Map.of("JAVA_HOME", older.toString(), "SLUSE_JDKS", folder.resolve("jdks").toString()));

        assertThat(ended.said()).startsWith(newer + " ");
    }

    @Test
    void a_command_about_forms_has_the_libraries_of_the_server() throws Exception {
        jdk("jdks/25", "25.0.3");

        var ended = sluse(Map.of("SLUSE_JDKS", folder.resolve("jdks").toString()), "score");

        assertThat(ended.said()).contains("/sluse-host/WEB-INF/lib/* org.sluse.cli.Sluse score");
    }

    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (var program : new String[]{"java", "javac"}) {
            program(home.resolve("bin").resolve(program), "echo \"" + home + " $*\"");
        }
        return home;
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended sluse(Map<String, String> environment) throws IOException, InterruptedException {
        return sluse(environment, "status");
    }

    private Ended sluse(Map<String, String> environment, String command) throws IOException, InterruptedException {
        var home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("liberty/target/cli"));
        Files.writeString(home.resolve("liberty/target/cli/built"), "");
        Files.createDirectories(home.resolve(".mvn"));
        Files.copy(LAUNCHER.resolveSibling(".mvn/jdk.sh"), home.resolve(".mvn/jdk.sh"));
        var launcher = Files.copy(LAUNCHER, home.resolve("sluse"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        var builder = new ProcessBuilder(launcher.toString(), command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools().toString(), "HOME", folder.toString()));
        builder.environment().putAll(environment);
        var process = builder.start();
        return new Ended(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
                process.waitFor());
    }

    /** A PATH with what a shell script needs and without any Java. */
    private Path tools() throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : new String[]{"bash", "env", "sh", "sed", "head", "dirname", "readlink", "find"}) {
            var there = Path.of("/usr/bin", tool);
            program(tools.resolve(tool),
                    "exec %s \"$@\"".formatted(Files.exists(there) ? there : Path.of("/bin", tool)));
        }
        return tools;
    }

    private record Ended(String said, int code) {}
}
