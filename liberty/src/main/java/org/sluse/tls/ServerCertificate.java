// SPDX-License-Identifier: Apache-2.0
package org.sluse.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certificate with its chain and its private key, which belong together. Immutable.
 *
 * @param chain the server's own first, then each issuer's in turn (RFC 8446, 4.4.2); the root may be missing
 * @param key of the first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final Pattern PEM_KEY = Pattern
            .compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END ");
    private static final String IN_PKCS8 = "right would be an unencrypted PKCS #8 key, as 'openssl pkcs8 -topk8 -nocrypt -in KEY' writes it";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA");
    private static final int DNS_NAME = 2;

    /** Copies the chain. */
    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files (RFC 7468).
     *
     * @param certificate the server's certificate, then those of its issuers
     * @param key PKCS #8, not encrypted; RSA or elliptic curve
     * @throws UnusableCertificateException when one cannot be read, or the key is another certificate's, or an issuer is not the next one's
     */
    public static ServerCertificate read(Path certificate, Path key) throws UnusableCertificateException {
        var chain = chain(certificate);
        var own = privateKey(key);
        if (!fit(chain.getFirst(), own)) {
            throw new UnusableCertificateException(
                    "The key in %s is not that of the first certificate in %s; right would be the key it was issued for"
                            .formatted(key, certificate));
        }
        return new ServerCertificate(chain, own);
    }

    /** From then on browsers refuse it. */
    public Instant until() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** The first name that it is for, which is no wildcard. */
    public Optional<String> name() {
        return names().stream().filter(name -> !name.startsWith("*")).findFirst();
    }

    /** Whether a browser that was sent to this host accepts it (RFC 9525, 6.3). @param host without a port */
    public boolean isFor(String host) {
        var afterFirstLabel = host.indexOf('.');
        return names().stream()
                .anyMatch(name -> name.equalsIgnoreCase(host) || name.startsWith("*.") && afterFirstLabel > 0
                        && name.substring(1).equalsIgnoreCase(host.substring(afterFirstLabel)));
    }

    private List<String> names() {
        try {
            var names = chain.getFirst().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /**
     * Writes it as PKCS #12, readable by the owner only. Whoever reads the file sees the old one or the new one, never a part.
     *
     * @param password of the store and of the key in it
     */
    public void write(Path store, String password) throws IOException {
        Files.createDirectories(store.getParent());
        var next = store.resolveSibling(store.getFileName() + ".next");
        Files.deleteIfExists(next);
        if (Files.getFileStore(store.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (var file = Files.newOutputStream(next)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", key, password.toCharArray(), chain.toArray(Certificate[]::new));
            keys.store(file, password.toCharArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("PKCS #12 takes every RSA and EC key", impossible);
        }
        Files.move(next, store, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<X509Certificate> chain(Path file) throws UnusableCertificateException {
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(file)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new UnusableCertificateException(file
                        + " holds no certificate; right would be the server's in PEM, then those of its issuers");
            }
            for (var one = 0; one + 1 < chain.size(); one++) {
                chain.get(one).verify(chain.get(one + 1).getPublicKey());
            }
            return chain;
        } catch (GeneralSecurityException unusable) {
            throw new UnusableCertificateException(file
                    + " is no chain of certificates; right would be the server's in PEM, then those of its issuers, each after the one that it has signed",
                    unusable);
        }
    }

    private static PrivateKey privateKey(Path file) throws UnusableCertificateException {
        var found = PEM_KEY.matcher(new String(bytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw new UnusableCertificateException(file + " holds no private key; " + IN_PKCS8);
        }
        if (!found.group(1).isEmpty()) {
            throw new UnusableCertificateException(
                    "The key in %s is in the form '%sPRIVATE KEY'; %s".formatted(file, found.group(1), IN_PKCS8));
        }
        var encoded = Base64.getMimeDecoder().decode(found.group(2));
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException another) {
                // Perhaps of the next algorithm.
            }
        }
        throw new UnusableCertificateException("The key in %s is neither RSA nor EC; %s".formatted(file, IN_PKCS8));
    }

    /** Whether what the key signs, the certificate verifies. */
    private static boolean fit(X509Certificate certificate, PrivateKey key) {
        try {
            var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(certificate.getEncoded());
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(certificate.getEncoded());
            return signature.verify(signed);
        } catch (GeneralSecurityException ofOthers) {
            return false;
        }
    }

    private static byte[] bytes(Path file) throws UnusableCertificateException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UnusableCertificateException(
                    file + " cannot be read; right would be a file that the server's user may read", unreadable);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerCertificate[" + names() + " until " + until() + "]";
    }
}
