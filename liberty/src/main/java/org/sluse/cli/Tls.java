// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sluse.tls.ServerCertificate;
import org.sluse.tls.UnusableCertificateException;

/**
 * Under which certificate a server is open to others, as its operator has set it.
 *
 * @param certificate {@code sluse.tls.certificate}
 * @param key {@code sluse.tls.key}
 * @param port {@code sluse.tls.port}; default 8443
 * @param address {@code sluse.tls.address}: on which of the machine's; default all
 */
record Tls(Path certificate, Path key, int port, String address) {

    /**
     * A server that is open to others.
     *
     * @param publicUrl where people go
     * @param settings what the container is told
     */
    record Listener(URI publicUrl, Map<String, String> settings) {}

    private static final int DEFAULT_PORT = 8443;
    private static final int HTTPS_PORT = 443;

    /** What is set, in the environment before the file; absent when no certificate is. Refuses half of it with a sentence. */
    static Optional<Tls> of(DataFolder data, Map<String, String> environment) {
        var file = properties(data.path().resolve("sluse.properties"));
        var certificate = setting("sluse.tls.certificate", environment, file);
        var key = setting("sluse.tls.key", environment, file);
        if (certificate.isPresent() != key.isPresent()) {
            throw StoppedShortException.cannotStart(
                    "One of sluse.tls.certificate and sluse.tls.key is set; right would be both, or none for a server on this machine alone.");
        }
        return certificate.map(chain -> new Tls(Path.of(chain), Path.of(key.orElseThrow()),
                setting("sluse.tls.port", environment, file).map(Tls::port).orElse(DEFAULT_PORT),
                setting("sluse.tls.address", environment, file).orElse("*")));
    }

    /**
     * Makes the certificate ready to be shown, and looks whether the port is free.
     *
     * @param plainPort the port at which the server listens for this machine
     * @param publicUrl where people go; absent where they go where the certificate says
     * @param store where the container is to find it
     */
    Listener listen(int plainPort, Optional<URI> publicUrl, Path store, Instant now, Consumer<String> progress) {
        var shown = read();
        var url = publicUrl.orElseGet(() -> address(shown));
        if (!"https".equals(url.getScheme()) || !shown.isFor(url.getHost())) {
            throw StoppedShortException.cannotStart(
                    "The certificate in %s is not for %s; right would be one that names it, or another --public-url."
                            .formatted(certificate, url));
        }
        if (shown.until().isBefore(now)) {
            progress.accept("The certificate in %s has ended on %s; browsers refuse it.".formatted(certificate,
                    LocalDate.ofInstant(shown.until(), ZoneOffset.UTC)));
        }
        if (port == plainPort) {
            throw StoppedShortException.cannotStart(
                    "sluse.tls.port and --port are both %d; right would be two ports.".formatted(port));
        }
        LocalServer.requireFree(address, port, "a free one, for example sluse.tls.port=9443");
        var password = password();
        try {
            shown.write(store, password);
        } catch (IOException unwritable) {
            throw StoppedShortException
                    .cannotStart("%s cannot be written; right would be to run this as its owner.".formatted(store));
        }
        return new Listener(url,
                Map.of("sluse.tls.certificate", certificate.toAbsolutePath().toString(), "sluse.tls.key",
                        key.toAbsolutePath().toString(), "sluse.tls.port", Integer.toString(port), "sluse.tls.address",
                        address, LocalServer.TLS_STORE, store.toString(), "sluse.tls.password", password));
    }

    private ServerCertificate read() {
        try {
            return ServerCertificate.read(certificate, key);
        } catch (UnusableCertificateException unusable) {
            throw StoppedShortException.cannotStart(unusable.getMessage() + ".");
        }
    }

    private URI address(ServerCertificate shown) {
        var name = shown.name()
                .orElseThrow(() -> StoppedShortException.cannotStart(
                        "The certificate in %s names no host; right would be to say where people go with --public-url."
                                .formatted(certificate)));
        return URI.create("https://" + name + (port == HTTPS_PORT ? "" : ":" + port));
    }

    /** Of a file that only its owner reads and that is written afresh at each start. */
    private static String password() {
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static int port(String value) {
        try {
            var port = Integer.parseInt(value);
            if (port > 0 && port <= Ports.HIGHEST) {
                return port;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw StoppedShortException
                .cannotStart("sluse.tls.port is '%s'; right would be 1 to %d.".formatted(value, Ports.HIGHEST));
    }

    private static Optional<String> setting(String name, Map<String, String> environment, Properties file) {
        @Nullable
        String set = environment.get(name.toUpperCase(Locale.ROOT).replace('.', '_'));
        return Optional.ofNullable(set == null ? file.getProperty(name) : set)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Properties properties(Path file) {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                properties.load(reader);
            } catch (IOException unreadable) {
                throw StoppedShortException.cannotStart(
                        "%s cannot be read; right would be a file of the server's user.".formatted(file));
            }
        }
        return properties;
    }
}
