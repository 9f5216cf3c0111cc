// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.certificate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.look.Look;
import org.sluse.tls.ServerCertificate;
import org.sluse.tls.UnusableCertificateException;

/**
 * Looks each ten seconds whether the operator has renewed the certificate, and has the container show the new one: open connections stay, the next handshake shows it. Files that
 * cannot be used replace nothing. Without a certificate there is nothing to look at.
 */
@OnePerNode
public final class CertificateWatch {

    private static final Logger LOG = Logger.getLogger(CertificateWatch.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_ALARMS = Duration.ofDays(1);

    private final Look look = new Look("certificate");
    private final Optional<Files> files;
    private final Clock clock;
    // Of the looking thread only.
    private @Nullable ServerCertificate known;
    private Instant alarmedAt = Instant.MIN;
    private volatile Optional<Shown> shown = Optional.empty();

    /**
     * Where it comes from and goes to.
     *
     * @param certificate {@code sluse.tls.certificate}
     * @param key {@code sluse.tls.key}
     * @param store {@code sluse.tls.store}, which the container reads
     * @param password {@code sluse.tls.password} of the store
     */
    record Files(Path certificate, Path key, Path store, String password) {

        private static Optional<Files> configured() {
            var config = ConfigProvider.getConfig();
            return config.getOptionalValue("sluse.tls.store", String.class)
                    .map(store -> new Files(Path.of(config.getValue("sluse.tls.certificate", String.class)),
                            Path.of(config.getValue("sluse.tls.key", String.class)), Path.of(store),
                            config.getValue("sluse.tls.password", String.class)));
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Files[" + certificate + ", " + key + "]";
        }
    }

    @Inject
    CertificateWatch(Clock clock) {
        this(Files.configured(), clock);
    }

    CertificateWatch(Optional<Files> files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Looks from now on. */
    public void start() {
        files.ifPresent(these -> look.every(BETWEEN_LOOKS, () -> look(these)));
    }

    /** Before any bean is destroyed. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }

    /** As of the last look; absent without a certificate. */
    Optional<Shown> shown() {
        return shown;
    }

    /** One look. */
    void look(Files these) {
        try {
            var read = ServerCertificate.read(these.certificate(), these.key());
            if (!read.equals(known)) {
                // At the first look it is what the launcher has written already; written once more, it is certainly that.
                read.write(these.store(), these.password());
                known = read;
                LOG.log(Level.INFO, "certificate-shown until={0}", read.until());
            }
            shown = Optional.of(new Shown(read.until(), Optional.empty()));
        } catch (UnusableCertificateException unusable) {
            keep(String.valueOf(unusable.getMessage()));
        } catch (IOException | UncheckedIOException unwritable) {
            keep("The key store cannot be written; right would be a data folder of the server's user");
        }
        alarm();
    }

    /** What was shown stays; in the middle of a renewal one file may be older than the other. */
    private void keep(String why) {
        shown = shown.map(before -> new Shown(before.until(), Optional.of(why)));
    }

    private void alarm() {
        var now = clock.instant();
        shown.flatMap(one -> one.alarm(now))
                .filter(any -> !now.isBefore(alarmedAt.plus(BETWEEN_ALARMS)))
                .ifPresent(alarm -> {
                    alarmedAt = now;
                    LOG.log(Level.WARNING, "certificate-alarm kind={0} until={1} {2}",
                            new Object[]{alarm, shown.orElseThrow().until(),
                                    shown.orElseThrow().unusable().orElse("")});
                });
    }
}
