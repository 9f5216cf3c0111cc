// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.log;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.key.KeyFile;
import org.sluse.proof.LogSigner;

/** Makes what logs are kept with, the key of the installation among it. */
@OnePerNode
final class LogBeans {

    private static final Logger LOG = Logger.getLogger(LogBeans.class.getName());

    @Produces
    @Singleton
    LogSettings settings() {
        return settings(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
    }

    /** @throws IllegalArgumentException when one is not as it should be */
    static LogSettings settings(Function<String, Optional<String>> values) {
        try {
            return LogSettings.of(values);
        } catch (IllegalArgumentException wrong) {
            // The launcher shows this line to whoever started the server.
            LOG.severe("log-settings-refused reason=" + wrong.getMessage());
            throw wrong;
        }
    }

    @Produces
    @Singleton
    LogSigner signer(HostSettings settings, ControlDatabase control) {
        return signer(settings.dataDirectory().resolve("keys").resolve("log.key"), settings.publicUrl().getAuthority(),
                control);
    }

    /**
     * The key in the file. The first node of an installation makes it; another one must have been given the same.
     *
     * @throws IllegalStateException when it is not the installation's
     */
    static LogSigner signer(Path file, String name, ControlDatabase control) {
        var known = control.read(handle -> handle.createQuery("select verifier from log_key")
                .mapTo(String.class)
                .findOne());
        try {
            if (known.isEmpty() && !Files.exists(file)) {
                KeyFile.create(file, LogSigner.make(name).secretText());
            }
            var signer = LogSigner.parse(Files.exists(file) ? Files.readString(file) : "")
                    .orElseThrow(() -> anothers("is not there or cannot be used", known.orElse("unknown")));
            if (known.isEmpty()) {
                control.inTransaction("CREATE", "LogKey", "*",
                        handle -> handle
                                .createUpdate("insert into log_key (verifier) values (:key) on conflict do nothing")
                                .bind("key", signer.key().toString())
                                .execute());
            }
            var theirs = control
                    .read(handle -> handle.createQuery("select verifier from log_key").mapTo(String.class).one());
            if (!theirs.equals(signer.key().toString())) {
                throw anothers("is another one", theirs);
            }
            return signer;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static IllegalStateException anothers(String how, String known) {
        var why = "The key of the installation's logs, " + known + ", " + how
                + " in keys/log.key; right would be that file of the node or the data folder which signed with it first";
        // The launcher shows this line to whoever started the server.
        LOG.severe("log-key-refused reason=" + why);
        return new IllegalStateException(why);
    }
}
