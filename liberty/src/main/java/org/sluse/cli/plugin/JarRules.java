// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import static org.sluse.cli.plugin.LeftOut.Reason.FILES;
import static org.sluse.cli.plugin.LeftOut.Reason.MIGRATIONS;
import static org.sluse.cli.plugin.LeftOut.Reason.NOT_ALLOWED;
import static org.sluse.cli.plugin.LeftOut.Reason.PACKAGES;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a plugin's jar may hold: only what is its own, and nothing that would act beside the gate.
 *
 * @param id the plugin's
 * @param root the package of its bean
 * @param classes all there are
 * @param entries the names of all its files
 */
record JarRules(String id, String root, List<ScannedClass> classes, List<String> entries) {

    /** Everything that a jar may have beside its classes, its own folder and its migrations. */
    private static final Pattern HARMLESS = Pattern
            .compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|beans\\.xml|DEPENDENCIES|[^/]+\\.(SF|RSA|DSA|EC)"
                    + "|(LICENSE|NOTICE)[^/]*|maven/.+|sluse/.+)");
    private static final Pattern MIGRATION = Pattern.compile("V(\\d{3,})__[a-z0-9_]+\\.sql");
    /** Each would act beside the gate, for every clinic and every plugin. */
    private static final Set<String> NOT_FOR_PLUGINS = Set.of("jakarta.servlet.annotation.WebServlet",
            "jakarta.servlet.annotation.WebFilter", "jakarta.servlet.annotation.WebListener",
            "jakarta.websocket.server.ServerEndpoint", "jakarta.ws.rs.ext.Provider", "jakarta.ws.rs.ApplicationPath",
            "jakarta.enterprise.inject.Alternative", "jakarta.enterprise.inject.Specializes",
            "jakarta.decorator.Decorator", "org.eclipse.microprofile.health.Readiness",
            "org.eclipse.microprofile.health.Liveness", "org.eclipse.microprofile.health.Startup");
    /** Classes and packages by which data could leave beside the disclosure gate, and what is the host's own. */
    private static final Pattern OUT_OF_REACH = Pattern.compile(
            "(java\\.net\\.http|jakarta\\.ws\\.rs\\.client|jakarta\\.websocket\\.client|org\\.apache\\.hc|ca\\.uhn\\.fhir\\.rest\\.client"
                    + "|org\\.sluse\\.(host|proof))\\..*"
                    + "|java\\.net\\.(URL|InetAddress|Socket|ServerSocket|DatagramSocket|MulticastSocket|URLConnection|HttpURLConnection)"
                    + "|java\\.nio\\.channels\\.(Asynchronous)?(Server)?SocketChannel|java\\.nio\\.channels\\.DatagramChannel"
                    + "|javax\\.net\\..*|java\\.sql\\.DriverManager|java\\.lang\\.(ProcessBuilder|Runtime)");

    /** @throws RefusedException at the first rule that it does not hold to */
    void require(Host host) {
        requirePackages(host);
        requireFiles();
        requireMigrations();
        requireHarmless();
    }

    /** By its package a class is known to be this plugin's. */
    private void requirePackages(Host host) {
        if (root.isEmpty()) {
            throw new RefusedException(PACKAGES,
                    "The plugin's bean lies in no package; right would be a package that nobody else has");
        }
        classes.stream()
                .filter(one -> !PluginJar.lies(one.packageName(), root))
                .findFirst()
                .ifPresent(stray -> {
                    throw new RefusedException(PACKAGES, "Class " + stray.name() + " lies outside of " + root
                            + ", the package of the plugin's bean; right would be to move it, and a library of others, below that package");
                });
        host.packages()
                .stream()
                .filter(theirs -> PluginJar.lies(theirs, root) || PluginJar.lies(root, theirs))
                .findFirst()
                .ifPresent(theirs -> {
                    throw new RefusedException(PACKAGES, "Package " + theirs
                            + " is the server's; right would be a package that nobody else has");
                });
    }

    private void requireFiles() {
        var own = "META-INF/sluse/" + id + "/";
        for (var entry : entries) {
            if (entry.startsWith("META-INF/sluse/") && !entry.startsWith(own)) {
                throw new RefusedException(FILES, "'" + entry + "' lies in another's folder; right would be " + own);
            }
        }
        for (var language : List.of("nb", "de", "en")) {
            if (!entries.contains(own + "messages_" + language + ".properties")) {
                throw new RefusedException(FILES,
                        "There is no " + own + "messages_" + language
                                + ".properties; right would be all of nb, de and en");
            }
        }
    }

    private void requireMigrations() {
        var own = "db/" + id + "/";
        var versions = new HashMap<Integer, String>();
        for (var entry : entries) {
            if (!entry.startsWith("db/")) {
                continue;
            }
            var name = MIGRATION.matcher(entry.startsWith(own) ? entry.substring(own.length()) : "");
            if (!name.matches() && !entry.equals(own + "flyway.location")) {
                throw new RefusedException(MIGRATIONS,
                        "'" + entry + "' is no migration of '" + id + "'; right would be " + own
                                + "V001__what_it_makes.sql");
            }
            if (name.matches() && versions.put(Integer.parseInt(name.group(1)), entry) != null) {
                throw new RefusedException(MIGRATIONS, "Two migrations have the number " + name.group(1)
                        + "; right would be a number for each, counting up");
            }
        }
        if (versions.isEmpty() || !entries.contains(own + "flyway.location")) {
            throw new RefusedException(MIGRATIONS, "No migration would be found in " + own
                    + "; right would be at least V001__what_it_makes.sql beside an empty file flyway.location");
        }
    }

    private void requireHarmless() {
        for (var entry : entries) {
            if (entry.startsWith("META-INF/") && !HARMLESS.matcher(entry).matches()) {
                throw new RefusedException(NOT_ALLOWED,
                        "'" + entry + "' would change the server for everybody; right would be a jar without it");
            }
        }
        for (var one : classes) {
            new TreeSet<>(one.annotations().keySet()).stream()
                    .filter(NOT_FOR_PLUGINS::contains)
                    .findFirst()
                    .ifPresent(annotation -> {
                        throw new RefusedException(NOT_ALLOWED, "Class " + one.name() + " has @" + annotation
                                + ", which only the host may; right would be a resource, a LiveHandler or a page");
                    });
            new TreeSet<>(one.uses()).stream().filter(OUT_OF_REACH.asMatchPredicate()).findFirst().ifPresent(used -> {
                throw new RefusedException(NOT_ALLOWED, "Class " + one.name() + " uses " + used
                        + ", which is not for plugins; right would be a port of platform-api");
            });
            requireOwnAddress(one);
        }
    }

    private void requireOwnAddress(ScannedClass resource) {
        resource.text("jakarta.ws.rs.Path", "value").ifPresent(path -> {
            var below = "/{tenant}/" + id;
            if (!resource.text("org.sluse.plugin.OfPlugin", "value").equals(Optional.of(id))
                    || !(path.equals(below) || path.startsWith(below + "/"))) {
                throw new RefusedException(NOT_ALLOWED, "Resource " + resource.name() + " is at '" + path
                        + "'; right would be @OfPlugin(\"" + id + "\") and a path below " + below);
            }
        });
    }
}
