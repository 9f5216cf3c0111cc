// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluse.cli.plugin.PluginSource;

/** A plugin was in use at a clinic, and its jar is gone. */
class RemainsIT {

    private static final PluginSource LOAN = PluginSource.sound("loan")
            .with("db/loan/V002__first.sql", "insert into thing values ('first, \"second\"');");

    private final PluginsServer server = new PluginsServer();
    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_it_left_can_be_seen_exported_and_erased() throws IOException {
        var jar = LOAN.jar(server.plugins().resolve("loan.jar"));
        try {
            assertThat(server.start().exit()).isZero();
            server.operator("POST", "", "{\"name\": \"north\"}");
            server.operator("PUT", "/north/plugins/loan", "{\"on\": true}");
            assertThat(server.get("/api/north/loan/things").body()).isEqualTo("1");
            assertThat(said("remains", "list")).as("while the plugin is there").isEmpty();
            server.command("stop");
            Files.delete(jar);
            assertThat(server.start().exit()).isZero();

            assertThat(server.get("/api/north/loan/things").statusCode()).isEqualTo(404);
            assertThat(said("remains", "list")).contains("north\tloan\tthing\t1");

            var file = folder.resolve("loan.zip");
            assertThat(server.command("remains", "export", "north", "loan", file.toString()).exit()).isZero();
            assertThat(Files.getPosixFilePermissions(file)).as("who may read what is left")
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            assertThat(table(file, "thing.csv")).isEqualTo("id\n\"first, \"\"second\"\"\"\n");

            assertThat(said("remains", "erase", "north", "loan")).isEqualTo("erased\n");
            assertThat(said("remains", "list")).isEmpty();
            assertThat(server.command("remains", "erase", "north", "loan").exit()).isEqualTo(1);
        } finally {
            server.command("stop");
        }
    }

    private String said(String... arguments) {
        var ended = server.command(arguments);
        assertThat(ended.exit()).as(ended.said()).isZero();
        return ended.said();
    }

    private static String table(Path zip, String name) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            return new String(file.getInputStream(file.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
