// SPDX-License-Identifier: Apache-2.0
package org.sluse.peer;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The server as a program: {@code [--port N] [--db h2|jdbc:postgresql://...]}. Listens on 127.0.0.1 only; prints one line on standard output,
 * {@code ready http://127.0.0.1:PORT/fhir}, when it serves, and everything else on standard error. Ends on SIGTERM, and when its standard input
 * ends, so that it dies with the test that started it.
 */
public final class HapiPeer {

    private static final String IN_MEMORY = "jdbc:h2:mem:epr;DB_CLOSE_DELAY=-1";

    // Held here, because java.util.logging forgets the level of a logger that nobody holds.
    private static final Logger ROOT = Logger.getLogger("");

    private HapiPeer() {
    }

    public static void main(String... arguments) throws Exception {
        var standardOutput = System.out;
        System.setOut(System.err);
        ROOT.setLevel(Level.WARNING);
        serve(Arguments.of(arguments), System.in, standardOutput);
    }

    private static void serve(Arguments arguments, InputStream input, PrintStream output) throws Exception {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(PeerConfiguration.DatabaseAddress.class,
                () -> new PeerConfiguration.DatabaseAddress(arguments.database()));
        context.register(PeerConfiguration.class);
        context.refresh();
        var server = new Server(new InetSocketAddress("127.0.0.1", arguments.port()));
        var servlets = new ServletContextHandler("/");
        servlets.addServlet(new ServletHolder(fhirServlet(context)), "/fhir/*");
        server.setHandler(servlets);
        server.start();
        Thread.ofPlatform().daemon().name("end-of-input").start(() -> exitAtEndOf(input));
        output.println(
                "ready http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort() + "/fhir");
        server.join();
    }

    private static RestfulServer fhirServlet(ApplicationContext context) {
        var servlet = new RestfulServer(context.getBean(FhirContext.class));
        servlet.registerProviders(context.getBean(ResourceProviderFactory.class).createProviders());
        servlet.registerProvider(context.getBean(IJpaSystemProvider.class));
        servlet.setPagingProvider(context.getBean(DatabaseBackedPagingProvider.class));
        servlet.setInterceptorService(context.getBean(IInterceptorService.class));
        return servlet;
    }

    private static void exitAtEndOf(InputStream input) {
        try {
            input.transferTo(PrintStream.nullOutputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            // Nothing here is worth an orderly end: the database is in memory, or can be killed.
            Runtime.getRuntime().halt(0);
        }
    }

    private record Arguments(int port, String database) {

        static Arguments of(String... words) {
            var port = 0;
            var database = IN_MEMORY;
            for (var i = 0; i < words.length; i += 2) {
                var value = i + 1 < words.length ? words[i + 1] : "";
                switch (words[i]) {
                    case "--port" -> port = Integer.parseInt(value);
                    case "--db" -> database = value.equals("h2") ? IN_MEMORY : value;
                    default -> throw new IllegalArgumentException(
                            "Argument '" + words[i]
                                    + "' is not known; right would be --port N or --db h2|jdbc:postgresql://...");
                }
            }
            return new Arguments(port, database);
        }
    }
}
