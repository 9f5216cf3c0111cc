// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluse.cli.plugin.PluginSource;

/** A server into whose folder one sound plugin was dropped, among plugins each of which is broken in a way of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenPluginsIT {

    private final PluginsServer server = new PluginsServer();
    private CommandLine.Ended start = new CommandLine.Ended(-1, "");

    @BeforeAll
    void drop_the_jars_and_start() {
        drop(PluginSource.sound("sound"), "sound");
        drop(PluginSource.sound("newer").attribute("Sluse-Api", "9.0.0"), "newer");
        drop(PluginSource.sound("unseen").without("META-INF/beans.xml"), "unseen");
        drop(PluginSource.sound("stranger").withoutAttribute("Sluse-Plugin"), "stranger");
        drop(PluginSource.sound("twin"), "twin-1");
        drop(PluginSource.sound("twin"), "twin-2");
        drop(PluginSource.sound("lonely")
                .edited("Things.java", "TenantDatabase database;",
                        "TenantDatabase database; @Inject Missing missing; interface Missing {}"),
                "lonely");
        drop(PluginSource.sound("nervous")
                .edited("Its.java", "public record Settings() {}",
                        "public record Settings() {} static final int ONE = Integer.parseInt(\"one\");"),
                "nervous");
        drop(PluginSource.sound("silent")
                .edited("Its.java", "public record Settings() {}",
                        """
                                public record Settings() {}
                                @org.sluse.disclosure.Outbound(to = "somebody") public record Letter(String name) {}
                                public List<Class<? extends Record>> outbound() { return List.of(Letter.class); }
                                """),
                "silent");
        drop(PluginSource.sound("tables").with("db/tables/V002__wrong.sql", "insert into nothing values (1);"),
                "tables");
        drop(PluginSource.sound("columns")
                .with("db/columns/V002__more.sql", "alter table thing add column phone text;"),
                "columns");
        drop(PluginSource.sound("endless")
                .edited("Its.java", "new RetentionPeriod.Until(\"kept.until.asked\")",
                        "new RetentionPeriod.AsSet(\"keptDays\", \"id\")"),
                "endless");
        drop(PluginSource.sound("keeper")
                .edited("Its.java", "                .plain(KeptCategory.NONE, \"id\"))",
                        "                .plain(KeptCategory.PSEUDONYM, \"id\").ofPerson(\"id\"))"),
                "keeper");
        start = server.start();
    }

    @AfterAll
    void stop() {
        server.command("stop");
    }

    @Test
    void the_server_starts() {
        assertThat(start.exit()).as(start.said()).isZero();
        assertThat(start.said()).contains("ready " + server.base());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"newer | api-level | It was built for platform-api 9.0.0",
            "stranger | not-a-plugin | Its manifest has no attribute 'Sluse-Plugin'",
            "unseen | no-beans-xml | There is no META-INF/beans.xml", "twin-1 | duplicate-id | 'twin-2.jar' has the id",
            "twin-2 | duplicate-id | 'twin-1.jar' has the id",
            "lonely | cannot-start | WELD-001408: Unsatisfied dependencies for type Missing",
            "nervous | cannot-start | java.lang.NumberFormatException",
            "endless | cannot-start | java.lang.IllegalArgumentException: Table 'thing' is kept as setting 'keptDays' says",
            "keeper | cannot-start | java.lang.IllegalArgumentException: The plugin stores data about patients and has 0 beans",
            "silent | cannot-start | java.lang.IllegalStateException: Component 'name' of org.example.silent.Its$Letter"})
    void each_broken_jar_is_named_with_its_cause(String jar, String reason, String cause) {
        var sentence = "Left out plugin " + jar + ".jar: " + cause;

        assertThat(start.said()).contains(sentence);
        assertThat(server.command("status").said()).contains(sentence);
        assertThat(server.get("/health").body()).contains("\"" + jar + ".jar\":\"" + reason + "\"");
        assertThat(server.log()).contains("plugin-left-out jar=" + jar + ".jar");
    }

    @Test
    void the_node_is_up_and_says_that_it_is_without_some() {
        var health = server.get("/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"degraded\":true");
    }

    @Test
    void the_sound_plugin_works_beside_them() {
        server.operator("POST", "", "{\"name\": \"north\"}");

        assertThat(server.get("/api/north/sound/things").statusCode()).isEqualTo(404);
        assertThat(on("north", "sound")).isEqualTo(200);
        assertThat(server.get("/api/north/sound/things").body()).isEqualTo("0");
        assertThat(server.get("/ui/north/sound/messages/nb.json").body()).contains("Keeps things");
    }

    @Test
    void nothing_of_a_plugin_that_was_left_out_is_there() {
        server.operator("POST", "", "{\"name\": \"west\"}");

        assertThat(on("west", "lonely")).isEqualTo(404);
        assertThat(server.get("/api/west/lonely/things").body())
                .isEqualTo(server.get("/api/west/nobodys/things").body());
    }

    @Test
    void a_migration_that_fails_hurts_its_plugin_and_no_other() {
        server.operator("POST", "", "{\"name\": \"south\"}");

        var refused = server.operator("PUT", "/south/plugins/tables", "{\"on\": true}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("The tables of module 'tables' cannot be brought up to date");
        assertThat(server.log())
                .contains(
                        "tables-not-migrated tenant=south plugin=tables cause=V002__wrong.sql cannot be applied (SQLSTATE 42P01)");
        assertThat(server.operator("PUT", "/south/plugins/tables", "{\"on\": false}").body())
                .contains("\"state\":\"QUARANTINED\"");
        assertThat(server.get("/api/south/tables/things").statusCode()).isEqualTo(404);
        assertThat(on("south", "sound")).isEqualTo(200);
        assertThat(server.get("/api/south/sound/things").body()).isEqualTo("0");
    }

    @Test
    void a_column_without_an_entry_in_the_data_map_keeps_its_plugin_off_and_no_other() {
        server.operator("POST", "", "{\"name\": \"east\"}");

        var refused = server.operator("PUT", "/east/plugins/columns", "{\"on\": true}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("Column 'thing.phone' is stored and has no entry in the data map");
        assertThat(server.log())
                .contains("tables-not-as-declared tenant=east plugin=columns cause=Column 'thing.phone'");
        assertThat(server.operator("PUT", "/east/plugins/columns", "{\"on\": false}").body())
                .contains("\"state\":\"QUARANTINED\"");
        assertThat(server.get("/api/east/columns/things").statusCode()).isEqualTo(404);
        assertThat(on("east", "sound")).isEqualTo(200);
    }

    private void drop(PluginSource source, String file) {
        source.jar(server.plugins().resolve(file + ".jar"));
    }

    private int on(String tenant, String plugin) {
        return server.operator("PUT", "/" + tenant + "/plugins/" + plugin, "{\"on\": true}").statusCode();
    }
}
