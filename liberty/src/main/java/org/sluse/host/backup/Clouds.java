// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.sluse.host.google.GoogleAccess;
import org.sluse.host.outgoing.AddressPolicy;
import org.sluse.host.outgoing.PersistentHttp;
import org.sluse.id.Ids;

/**
 * Finds places in a cloud by their address, with what the operator has set to get in: {@code sluse.backup.s3.endpoint}, {@code .region}, {@code .access-key} and {@code .secret-key-file}; for Google the account of {@link GoogleAccess}. The file is read each time,
 * so that a new key needs no restart. Asks nobody. Thread-safe.
 */
final class Clouds {

    private final Function<String, Optional<String>> settings;
    private final PersistentHttp http;
    private final GoogleAccess google;
    private final Clock clock;
    private final Ids ids;

    /** @param settings by name; empty when it is not set */
    Clouds(Function<String, Optional<String>> settings, PersistentHttp http, GoogleAccess google,
            Clock clock, Ids ids) {
        this.settings = settings;
        this.http = http;
        this.google = google;
        this.clock = clock;
        this.ids = ids;
    }

    /** @throws BackupRefusedException when the address is none of a bucket, or what is set does not do */
    Place at(String address) {
        var bucket = Bucket.of(address);
        return bucket.scheme().equals("gs")
                ? new CloudStoragePlace(bucket, CloudStoragePlace.GOOGLE, google, http)
                : s3(bucket);
    }

    private Place s3(Bucket bucket) {
        var region = required("sluse.backup.s3.region", "where the bucket lies, for example eu-north-1");
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw new BackupRefusedException("sluse.backup.s3.region is '" + region
                    + "'; right would be where the bucket lies, for example eu-north-1");
        }
        var signer = new SigV4(region, required("sluse.backup.s3.access-key", "the id of the key"),
                secret("sluse.backup.s3.secret-key-file"));
        var endpoint = endpoint("sluse.backup.s3.endpoint",
                setting("sluse.backup.s3.endpoint").orElse("https://s3." + region + ".amazonaws.com"));
        return new S3Place(bucket, new S3Calls(bucket, endpoint, signer, http, clock), ids);
    }

    private String secret(String name) {
        var file = required(name, "a file that holds the secret key alone, readable by this user only");
        try {
            var secret = Files.readString(Path.of(file)).strip();
            if (!secret.isEmpty() && secret.chars().noneMatch(Character::isWhitespace)) {
                return secret;
            }
        } catch (IOException | InvalidPathException unreadable) {
            // Said below, without what it may hold.
        }
        throw new BackupRefusedException("The file '" + file + "' of " + name
                + " cannot be read as one secret key; right would be a file that holds it alone, readable by this user");
    }

    private static URI endpoint(String name, String text) {
        try {
            var endpoint = new URI(text.replaceFirst("/$", ""));
            // What is stored is sealed; who stores it, and when, and the names of clinics are not.
            if (endpoint.getHost() != null && endpoint.getRawPath().isEmpty() && endpoint.getRawQuery() == null
                    && endpoint.getRawUserInfo() == null && ("https".equals(endpoint.getScheme())
                            || "http".equals(endpoint.getScheme()) && AddressPolicy.isThisMachine(endpoint))) {
                return endpoint;
            }
        } catch (URISyntaxException none) {
            // Said below.
        }
        throw new BackupRefusedException(name + " is '" + text.replaceFirst("//[^/]*@", "//...@")
                + "'; right would be the store's address without a path, with TLS, for example https://s3.example.org");
    }

    private Optional<String> setting(String name) {
        return settings.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private String required(String name, String right) {
        return setting(name).orElseThrow(() -> new BackupRefusedException(
                "Setting '" + name + "' is missing, which a place in a cloud needs; right would be " + right));
    }
}
