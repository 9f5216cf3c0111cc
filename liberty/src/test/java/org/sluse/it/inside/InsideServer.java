// SPDX-License-Identifier: Apache-2.0
package org.sluse.it.inside;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The server that Arquillian starts: what an operator gets, on a free port and with an empty data folder. */
public final class InsideServer {

    private InsideServer() {}

    /** Writes the server's configuration and tells arquillian.xml where it is. Called before the first test. */
    public static void configure() {
        try {
            var user = Files.createTempDirectory(Files.createDirectories(home().resolve("liberty/target/it")),
                    "inside");
            var server = Files.createDirectories(user.resolve("servers/inside"));
            var shipped = home().resolve("server-config/src/main/liberty/config");
            for (var file : new String[]{"features.xml", "http.xml", "jvm.options"}) {
                Files.copy(shipped.resolve(file), server.resolve(file));
            }
            var port = freePort();
            // As shipped, but that an application may be put into it while it runs.
            Files.writeString(server.resolve("server.xml"), """
                    <server>
                        <include location="features.xml"/>
                        <include location="http.xml"/>
                        <featureManager><feature>localConnector-1.0</feature></featureManager>
                        <applicationMonitor updateTrigger="mbean"/>
                        <applicationManager autoExpand="false" startTimeout="180s" stopTimeout="30s"/>
                        <cdi enableImplicitBeanArchives="false"/>
                    </server>
                    """);
            Files.writeString(server.resolve("bootstrap.properties"), """
                    sluse.data-dir=%s
                    sluse.http-port=%d
                    sluse.public-url=http://127.0.0.1:%d
                    """.formatted(user.resolve("data"), port, port));
            Files.createDirectories(user.resolve("data"));
            System.setProperty("sluse.inside.user-folder", user.toString());
            System.setProperty("sluse.inside.port", Integer.toString(port));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The built application, with these test classes in it. */
    public static WebArchive application(Class<?>... tests) {
        return ShrinkWrap.create(WebArchive.class, "inside.war")
                .as(ExplodedImporter.class)
                .importDirectory(new File(System.getProperty("sluse.app", "target/sluse-host")))
                .as(WebArchive.class)
                .addClasses(tests)
                .addClass(InsideClinic.class)
                .addAsLibraries(jarOf(Assertions.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("sluse.home", "..")).toAbsolutePath().normalize();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
