// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the built parts lie: the folder with {@code ./sluse} in it. */
record Installation(Path home) {

    static Installation ours() {
        return new Installation(Path.of(System.getProperty("sluse.home", ".")).toAbsolutePath().normalize());
    }

    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    Path liberty() {
        return built(runtime().resolve("wlp"));
    }

    /** What was fetched and made for every server here. */
    Path runtime() {
        return built(home.resolve(".runtime"));
    }

    Path application() {
        return built(home.resolve("liberty/target/sluse-host"));
    }

    Path configuration() {
        return built(home.resolve("server-config/src/main/liberty/config"));
    }

    Path identityProvider() {
        return built(home.resolve("demo/target/lib"));
    }

    Path identityProviderConfiguration() {
        return built(home.resolve("demo/src/main/config"));
    }

    private static Path built(Path part) {
        if (!Files.isDirectory(part)) {
            throw StoppedShortException.cannotStart(
                    "%s is missing; right would be to run './sluse' again, which builds it.".formatted(part));
        }
        return part;
    }
}
