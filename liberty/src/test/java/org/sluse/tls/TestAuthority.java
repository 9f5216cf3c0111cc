// SPDX-License-Identifier: Apache-2.0
package org.sluse.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An authority that issues certificates for tests, by the JDK's own {@code keytool}; and one that nobody trusts. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    /**
     * What was issued, in PEM.
     *
     * @param certificate the server's, then the authority's
     * @param key of the first
     */
    public record Issued(Path certificate, Path key) {}

    /** @param folder an empty one; everything lies in it */
    public TestAuthority(Path folder) {
        this.folder = folder;
        keytool("authority", "-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=Authority of the tests",
                "-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign", "-validity", "3650");
        keytool("authority", "-exportcert", "-rfc", "-alias", "own", "-file", path("authority.pem"));
    }

    /** What trusts what was issued here, in PEM. */
    public Path root() {
        return folder.resolve("authority.pem");
    }

    /** What trusts it, as Java takes it; of password {@code changeit}. */
    public KeyStore trust() {
        try (var file = Files.newInputStream(folder.resolve("authority.p12"))) {
            var own = KeyStore.getInstance("PKCS12");
            own.load(file, PASSWORD.toCharArray());
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("authority", own.getCertificate("own"));
            return trust;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    /** A certificate for a host that begins today and lasts a year. */
    public Issued issue(String name, String host) {
        return issue(name, host, "-startdate", "-1d", "-validity", "365");
    }

    /** A certificate for a host that has ended. */
    public Issued issueEnded(String name, String host) {
        return issue(name, host, "-startdate", "-30d", "-validity", "10");
    }

    private Issued issue(String name, String host, String... time) {
        generate(name, host, "EC");
        keytool(name, "-certreq", "-alias", "own", "-file", path(name + ".csr"));
        keytool("authority",
                with(List.of("-gencert", "-alias", "own", "-rfc", "-infile", path(name + ".csr"), "-outfile",
                        path(name + ".cer"), "-ext", "san=dns:" + host), time));
        return exported(name, text(name + ".cer") + text("authority.pem"));
    }

    /** A certificate that vouches for itself. @param algorithm EC, RSA or Ed25519 */
    public Issued selfSigned(String name, String host, String algorithm) {
        generate(name, host, algorithm);
        keytool(name, "-exportcert", "-rfc", "-alias", "own", "-file", path(name + ".cer"));
        return exported(name, text(name + ".cer"));
    }

    private void generate(String name, String host, String algorithm) {
        keytool(name, "-genkeypair", "-alias", "own", "-keyalg", algorithm, "-dname", "CN=" + host, "-ext",
                "san=dns:" + host, "-validity", "365");
    }

    private Issued exported(String name, String chain) {
        try (var file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            var key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
            var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
            return new Issued(Files.writeString(folder.resolve(name + ".pem"), chain),
                    Files.writeString(folder.resolve(name + ".key"), pem));
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    private void keytool(String store, String... arguments) {
        keytool(store, List.of(arguments));
    }

    private void keytool(String store, List<String> arguments) {
        var command = Stream
                .of(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()), arguments,
                        List.of("-keystore", path(store + ".p12"), "-storetype", "PKCS12", "-storepass", PASSWORD))
                .flatMap(List::stream)
                .toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.stream().collect(Collectors.joining(" ")) + ": " + said);
            }
        } catch (IOException cannotRun) {
            throw new UncheckedIOException(cannotRun);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<String> with(List<String> some, String... more) {
        var all = new ArrayList<>(some);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
