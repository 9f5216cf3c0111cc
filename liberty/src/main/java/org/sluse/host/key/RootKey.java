// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.google.GoogleAccess;
import org.sluse.host.outgoing.PersistentHttp;

/**
 * The file of the root key, {@code keys/root.json}: a Tink keyset as it is, or sealed by a key of a key service, which is then asked once at each start:
 *
 * <pre>{"sealedBy": "gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K", "sealed": "base64url"}</pre>
 *
 * <p>Either way it is the same root key to everything else. Thread-safe; blocks.
 */
@OnePerNode
public final class RootKey {

    private static final Logger LOG = Logger.getLogger(RootKey.class.getName());

    private static final String BINDING = "root key of Sluse";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Function<String, Sealing> services;
    private final Supplier<Set<URI>> addresses;
    /** What this node works with since it has first read the file. */
    private @Nullable String inUse;

    /** @param sealedBy address of a key @param sealed what it has sealed, base64url */
    private record Wrapped(String sealedBy, String sealed) {}

    @Inject
    RootKey(HostSettings settings, GoogleAccess google, PersistentHttp http) {
        this(settings.dataDirectory(), address -> new CloudKms(address, CloudKms.GOOGLE, google, http),
                () -> Stream.concat(Stream.of(CloudKms.GOOGLE), google.addresses().stream())
                        .collect(Collectors.toSet()));
    }

    /** @param services finds a key of a key service by its address */
    RootKey(Path dataFolder, Function<String, Sealing> services) {
        this(dataFolder, services, Set::of);
    }

    /** @param addresses where a key service is reached */
    RootKey(Path dataFolder, Function<String, Sealing> services, Supplier<Set<URI>> addresses) {
        this.file = dataFolder.resolve("keys").resolve("root.json");
        this.services = services;
        this.addresses = addresses;
    }

    /** Where this machine connects to so that it starts, for an operator's firewall; empty where the file is plain. Asks nobody. */
    public Set<URI> addresses() {
        return sealedBy().isPresent() ? addresses.get() : Set.of();
    }

    /**
     * The keyset in Tink's JSON, to the letter as it was made; made when there is none yet.
     *
     * @throws KeyServiceException when the key service does not open it, or what is in the file is not what was sealed
     */
    synchronized String read() throws IOException, GeneralSecurityException {
        if (inUse == null && !Files.exists(file)) {
            AeadConfig.register();
            KeyFile.create(file, TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get()));
        }
        var text = opened(Files.readString(file));
        if (inUse == null) {
            inUse = text;
        }
        return text;
    }

    private String opened(String text) throws IOException {
        var wrapped = wrapped(text);
        if (wrapped.isEmpty()) {
            return text;
        }
        try {
            return services.apply(wrapped.get().sealedBy())
                    .decrypt(wrapped.get().sealed(), BINDING)
                    .orElseThrow(() -> new KeyServiceException("keys/root.json is not what the key '"
                            + wrapped.get().sealedBy()
                            + "' has sealed: it was altered, or names another key; right would be the file as 'sluse keys wrap' has written it, or a copy of that",
                            null));
        } catch (KeyServiceException why) {
            // The launcher shows this line to whoever started the server.
            LOG.severe("root-key-refused reason=" + why.getMessage());
            throw why;
        }
    }

    /** The address of the key that seals the file; empty when it is plain. */
    public synchronized Optional<String> sealedBy() {
        try {
            return wrapped(Files.readString(file)).map(Wrapped::sealedBy);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Seals the file with this key of a key service, instead of with another or with none. The service is asked to open what it sealed before the file is replaced, which is at once: after a crash there is one or
     * the other, whole.
     *
     * @param address for example {@code gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K}
     * @throws KeyServiceException when a service does not do it; the file is as it was
     */
    public synchronized void seal(String address) {
        try {
            var text = readAgain();
            var service = services.apply(address);
            var sealed = service.encrypt(text, BINDING);
            if (service.decrypt(sealed, BINDING).filter(text::equals).isEmpty()) {
                throw new KeyServiceException("The key '" + address
                        + "' does not open what it sealed; right would be one that does", null);
            }
            KeyFile.replace(file, JSON.writeValueAsString(new Wrapped(address, sealed)));
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(unusable);
        }
    }

    /** Lays the root key into the file as it is. @throws KeyServiceException when the service does not open it; the file is as it was */
    public synchronized void unseal() {
        try {
            KeyFile.replace(file, readAgain());
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(unusable);
        }
    }

    /** @throws KeyServiceException when the file is gone or has another key: what would be sealed then would open nothing that is there */
    private String readAgain() throws IOException, GeneralSecurityException {
        if (!Files.exists(file) || !read().equals(inUse)) {
            throw new KeyServiceException(
                    "keys/root.json is not the file that this node was started with; right would be that file, laid back there",
                    null);
        }
        return String.valueOf(inUse);
    }

    private static KeyServiceException unusable(Exception cause) {
        return new KeyServiceException(
                "keys/root.json cannot be read or written; right would be the file that this folder was started with first, on a disk with space",
                cause);
    }

    private static Optional<Wrapped> wrapped(String text) throws IOException {
        try {
            var file = JSON.readTree(text);
            return file.hasNonNull("sealedBy")
                    ? Optional.of(new Wrapped(file.path("sealedBy").asText(), file.path("sealed").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException altered) {
            // Tink says that.
            return Optional.empty();
        }
    }
}
