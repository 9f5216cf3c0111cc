// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluse.cli.plugin.LeftOut.Reason;

/** Which jars of the folder a server is started with, beside an application that has platform-api 0.1 and a plugin "video". */
class PluginsFolderTest {

    private static final PluginSource SOUND = PluginSource.sound("loan");
    private static final String NB = "META-INF/sluse/loan/messages_nb.properties";

    @TempDir
    private Path folder = Path.of("");
    private Path plugins = Path.of("");
    private Path application = Path.of("");

    @BeforeEach
    void build_an_application() throws IOException {
        plugins = folder.resolve("plugins");
        application = folder.resolve("application");
        Files.createDirectories(application.resolve("WEB-INF/classes/org/sluse/host"));
        Files.writeString(application.resolve("WEB-INF/classes/org/sluse/host/Some.class"), "");
        new PluginSource(Map.of("Sluse-Api", "0.1.3-SNAPSHOT"), Map.of("org/sluse/plugin/Plugin.class", ""))
                .jar(application.resolve("WEB-INF/lib/platform-api.jar"));
        new PluginSource(Map.of("Sluse-Plugin", "video", "Sluse-Api", "0.1.3"),
                Map.of("org/example/video/Video.class", ""))
                .jar(application.resolve("WEB-INF/lib/plugin-video.jar"));
    }

    @Test
    void a_sound_jar_goes_into_the_application_as_one_of_its_libraries() {
        var jar = SOUND.jar(plugins.resolve("some name & more.jar"));

        var selection = new PluginsFolder(plugins).select(application);

        assertThat(selection.leftOut()).isEmpty();
        assertThat(selection.definition(application))
                .contains("<dir sourceOnDisk=\"" + application + "\" targetInArchive=\"/\"/>")
                .contains("<file sourceOnDisk=\"" + jar.toString().replace("&", "&amp;")
                        + "\" targetInArchive=\"/WEB-INF/lib/plugin.loan.jar\"/>");
    }

    @Test
    void without_a_folder_there_is_only_the_application() {
        var selection = new PluginsFolder(folder.resolve("none")).select(application);

        assertThat(selection.leftOut()).isEmpty();
        assertThat(selection.definition(application)).doesNotContain("<file");
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of(SOUND.withoutAttribute("Sluse-Plugin"), Reason.NOT_A_PLUGIN,
                        "no attribute 'Sluse-Plugin'"),
                Arguments.of(SOUND.attribute("Sluse-Plugin", "Loan!"), Reason.NOT_A_PLUGIN, "lower-case letters"),
                Arguments.of(SOUND.withoutAttribute("Sluse-Api"), Reason.NOT_A_PLUGIN, "no attribute 'Sluse-Api'"),
                Arguments.of(SOUND.attribute("Sluse-Api", "0.2.0"), Reason.API_LEVEL,
                        "built for platform-api 0.2.0 and this server has 0.1"),
                Arguments.of(PluginSource.sound("video"), Reason.DUPLICATE_ID, "has a plugin 'video' of its own"),
                Arguments.of(SOUND.without("META-INF/beans.xml"), Reason.NO_BEANS_XML, "no META-INF/beans.xml"),
                Arguments.of(SOUND.with("META-INF/beans.xml", ""), Reason.NO_BEANS_XML, "is not XML"),
                Arguments.of(SOUND.edited("META-INF/beans.xml", "annotated", "all"), Reason.NO_BEANS_XML,
                        "does not say which classes are beans"),
                Arguments.of(SOUND.without("Its.java"), Reason.NO_PLUGIN_BEAN, "0 classes implement"),
                Arguments.of(SOUND.edited("Its.java", "@ApplicationScoped", ""), Reason.NO_PLUGIN_BEAN,
                        "org.example.loan.Its is no bean"),
                Arguments.of(SOUND.with("Stray.java", "package org.example; public class Stray {}"), Reason.PACKAGES,
                        "Class org.example.Stray lies outside of org.example.loan"),
                Arguments.of(SOUND.edited("Its.java", "org.example.loan", "org.example.video")
                        .edited("Things.java", "org.example.loan", "org.example.video"), Reason.PACKAGES,
                        "Package org.example.video is the server's"),
                Arguments.of(SOUND.with("META-INF/sluse/kit/page.js", ""), Reason.FILES,
                        "'META-INF/sluse/kit/page.js' lies in another's folder"),
                Arguments.of(SOUND.without(NB), Reason.FILES, "There is no " + NB),
                Arguments.of(SOUND.without("db/loan/flyway.location"), Reason.MIGRATIONS,
                        "No migration would be found"),
                Arguments.of(SOUND.with("db/loan/V1_things.sql", ""), Reason.MIGRATIONS,
                        "'db/loan/V1_things.sql' is no migration of 'loan'"),
                Arguments.of(SOUND.with("db/video/V009__more.sql", ""), Reason.MIGRATIONS,
                        "'db/video/V009__more.sql' is no migration of 'loan'"),
                Arguments.of(SOUND.with("db/loan/V001__again.sql", ""), Reason.MIGRATIONS, "have the number 001"),
                Arguments.of(SOUND.edited("Things.java", "@RequestScoped",
                        "@jakarta.servlet.annotation.WebListener @RequestScoped"), Reason.NOT_ALLOWED,
                        "has @jakarta.servlet.annotation.WebListener"),
                Arguments.of(SOUND.edited("Things.java", "@RequestScoped",
                        "@jakarta.websocket.server.ServerEndpoint(\"/x\") @RequestScoped"), Reason.NOT_ALLOWED,
                        "has @jakarta.websocket.server.ServerEndpoint"),
                Arguments.of(SOUND.edited("Things.java", "\"/{tenant}/loan/things\"", "\"/operate/things\""),
                        Reason.NOT_ALLOWED, "Resource org.example.loan.Things is at '/operate/things'"),
                Arguments.of(SOUND.edited("Things.java", "@OfPlugin(\"loan\")", ""), Reason.NOT_ALLOWED,
                        "right would be @OfPlugin(\"loan\")"),
                Arguments.of(SOUND.with("META-INF/services/jakarta.enterprise.inject.spi.Extension", ""),
                        Reason.NOT_ALLOWED, "would change the server for everybody"),
                Arguments.of(SOUND.edited("Things.java", "public String count() {",
                        "public String count() throws Exception { java.net.http.HttpClient.newHttpClient();"),
                        Reason.NOT_ALLOWED, "Class org.example.loan.Things uses java.net.http.HttpClient"),
                Arguments.of(SOUND.edited("Things.java", "public String count() {",
                        "public String count() throws Exception { new java.net.Socket(\"127.0.0.1\", 9);"),
                        Reason.NOT_ALLOWED, "Class org.example.loan.Things uses java.net.Socket"),
                Arguments.of(SOUND.edited("Things.java", "public String count() {",
                        "public String count() throws Exception { javax.net.SocketFactory.getDefault();"),
                        Reason.NOT_ALLOWED, "Class org.example.loan.Things uses javax.net.SocketFactory"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void a_wrong_jar_is_left_out_with_the_cause_and_what_would_be_right(PluginSource wrong, Reason reason,
            String detail) {
        wrong.jar(plugins.resolve("wrong.jar"));
        PluginSource.sound("other").jar(plugins.resolve("other.jar"));

        var selection = new PluginsFolder(plugins).select(application);

        assertThat(selection.leftOut()).singleElement()
                .satisfies(out -> assertAll(
                        () -> assertThat(out.jar()).isEqualTo("wrong.jar"),
                        () -> assertThat(out.detail()).contains(detail).contains("right would be"),
                        () -> assertThat(out.reason()).isEqualTo(reason)));
        assertThat(selection.definition(application)).contains("plugin.other.jar").doesNotContain("wrong.jar");
    }

    @Test
    void a_jar_may_use_the_sockets_that_the_gate_gives_it() {
        SOUND.edited("Things.java", "TenantDatabase database;",
                "TenantDatabase database; @Inject org.sluse.disclosure.DisclosureSockets sockets;")
                .edited("Things.java", "public String count() {",
                        """
                                public String count() throws java.io.IOException {
                                    record Letter() {}
                                    try (var socket = sockets.factory(new org.sluse.disclosure.OutboundConversation(Letter.class, java.util.Optional.empty()))
                                            .createSocket("relay.example", 465)) {
                                        socket.getOutputStream().write(1);
                                    }""")
                .jar(plugins.resolve("loan.jar"));

        assertThat(new PluginsFolder(plugins).select(application).leftOut()).isEmpty();
    }

    @Test
    void what_is_no_jar_at_all_is_left_out() throws IOException {
        Files.createDirectories(plugins);
        Files.writeString(plugins.resolve("half.jar"), "PK");

        assertThat(new PluginsFolder(plugins).select(application).leftOut())
                .singleElement()
                .isEqualTo(new LeftOut("half.jar", Optional.empty(), Reason.NOT_A_PLUGIN,
                        "The file is not a whole jar; right would be to copy it again"));
    }

    @Test
    void of_two_jars_with_one_id_neither_is_taken() {
        SOUND.jar(plugins.resolve("loan-1.jar"));
        SOUND.jar(plugins.resolve("loan-2.jar"));

        assertThat(new PluginsFolder(plugins).select(application).leftOut())
                .extracting(LeftOut::jar, LeftOut::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("loan-1.jar", Reason.DUPLICATE_ID),
                        org.assertj.core.groups.Tuple.tuple("loan-2.jar", Reason.DUPLICATE_ID));
    }

    @Test
    void of_two_jars_whose_packages_overlap_neither_is_taken() {
        SOUND.jar(plugins.resolve("loan.jar"));
        var below = PluginSource.sound("more");
        below.edited("Its.java", "org.example.more", "org.example.loan.more")
                .edited("Things.java", "org.example.more", "org.example.loan.more")
                .jar(plugins.resolve("more.jar"));

        assertThat(new PluginsFolder(plugins).select(application).leftOut()).extracting(LeftOut::reason)
                .containsExactly(Reason.PACKAGES, Reason.PACKAGES);
    }

    @Test
    void a_jar_of_whose_classes_a_failed_start_speaks_is_left_out_and_the_others_stay() {
        SOUND.jar(plugins.resolve("loan.jar"));
        PluginSource.sound("other").jar(plugins.resolve("other.jar"));
        var selection = new PluginsFolder(plugins).select(application);

        var rest = selection.without(List.of("Unable to resolve location classpath:db/callback",
                "CWWKZ0002E: WELD-001408: Unsatisfied dependencies\n  at org.example.loan.Things.database(Things.java:0)"));

        assertThat(rest.leftOut()).singleElement()
                .isEqualTo(new LeftOut("loan.jar", Optional.of("loan"), Reason.CANNOT_START,
                        "WELD-001408: Unsatisfied dependencies at org.example.loan.Things.database(Things.java:0)"));
        assertThat(rest.definition(application)).contains("plugin.other.jar").doesNotContain("plugin.loan.jar");
    }

    @Test
    void a_failed_start_that_speaks_of_none_of_them_leaves_none_out() {
        SOUND.jar(plugins.resolve("loan.jar"));
        var selection = new PluginsFolder(plugins).select(application);

        assertThat(selection.without(List.of("postgres-cannot-start in org.example.loaned.Things")).leftOut())
                .isEmpty();
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({"0.1.0, 0.1.9, true", "0.1.9, 0.1.0, true", "0.2.0, 0.1.0, false",
            "1.4.0, 1.2.0, true", "1.2.0, 1.4.0, false", "2.0.0, 1.9.0, false"})
    void a_platform_carries_what_was_built_for_it_or_for_an_older_one_of_the_same_major_version(String here,
            String built, boolean carries) {
        assertThat(ApiLevel.of(here).orElseThrow().carries(ApiLevel.of(built).orElseThrow())).isEqualTo(carries);
    }
}
