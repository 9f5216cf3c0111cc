// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The plugin in {@code examples/tally} as its author has it: built apart from us with nothing but what we would publish, dropped into a server that was
 * built before it, and held to the contract of every plugin.
 */
class ThirdPluginIT {

    private static final Path HOME = Path.of(System.getProperty("sluse.home", "..")).toAbsolutePath().normalize();
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private final Path work = HOME.resolve("liberty/target/it/third");
    private final Path example = work.resolve("tally");
    private final PluginsServer server = new PluginsServer();

    private record Ended(int exit, String said) {}

    @Test
    void a_plugin_from_a_build_of_its_own_is_dropped_in_and_holds_to_the_contract() throws Exception {
        publish();
        copyOfTheExample();

        var built = maven("package");
        assertThat(built.exit()).as(built.said()).isZero();
        Files.createDirectories(server.plugins());
        Files.copy(example.resolve("target/tally.jar"), server.plugins().resolve("tally.jar"));

        // The identity provider of the tests is on this machine.
        server.set("sluse.disclosure.allow-private=true\n");
        var start = server.start();
        try {
            assertThat(start.exit()).as(start.said()).isZero();
            assertThat(start.said()).doesNotContain("Left out");

            var held = maven("verify", "-Dtest=NoUnit", "-Dsurefire.failIfNoSpecifiedTests=false",
                    "-Dsluse.test.server=" + server.base(),
                    "-Dsluse.test.operator-token=" + server.token(),
                    "-Dsluse.test.identity-provider=" + RunningServer.get().identityProvider());

            assertThat(held.exit()).as(held.said()).isZero();
            assertThat(held.said()).contains("TallyPluginIT", "TallyObjectsIT")
                    .containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0, Skipped: 0");
        } finally {
            server.command("stop");
        }
    }

    /** A Maven repository with what we would publish, before the one of this machine. */
    private void publish() throws IOException {
        var api = work.resolve("repository/org/sluse/platform-api/" + VERSION);
        var parent = work.resolve("repository/org/sluse/sluse/" + VERSION);
        var built = HOME.resolve("platform-api/target/platform-api-" + VERSION);
        copy(HOME.resolve("pom.xml"), parent.resolve("sluse-" + VERSION + ".pom"));
        copy(HOME.resolve("platform-api/pom.xml"), api.resolve("platform-api-" + VERSION + ".pom"));
        copy(Path.of(built + ".jar"), api.resolve("platform-api-" + VERSION + ".jar"));
        copy(Path.of(built + "-tests.jar"), api.resolve("platform-api-" + VERSION + "-tests.jar"));
    }

    private void copyOfTheExample() throws IOException {
        var source = HOME.resolve("examples/tally");
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(source.resolve("target"))) {
                    copy(file, example.resolve(source.relativize(file).toString()));
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private Ended maven(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(HOME.resolve("mvnw").toString(), "-B", "-o", "-f",
                example.resolve("pom.xml").toString(), "-Dmaven.repo.local=" + work.resolve("repository"),
                "-Dmaven.repo.local.tail=" + Path.of(System.getProperty("user.home"), ".m2/repository")));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command).directory(example.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
