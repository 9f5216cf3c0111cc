// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.backup;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in a cloud backups lie: {@code s3://bucket/prefix}, {@code gs://bucket}.
 *
 * @param scheme {@code s3} or {@code gs}
 * @param name of the bucket: 3 to 63 small letters, digits, dots and dashes
 * @param prefix what the name of each file there begins with: empty, or segments that end with a slash
 */
record Bucket(String scheme, String name, String prefix) {

    private static final Pattern ADDRESS = Pattern
            .compile("(s3|gs)://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)/?");

    /** Whether the address is meant to be one in a cloud, and not a folder. */
    static boolean isMeant(String address) {
        return address.contains("://");
    }

    /** @throws BackupRefusedException when it is none */
    static Bucket of(String address) {
        var parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            // Some tools take keys there.
            throw new BackupRefusedException("'" + address.replaceFirst("//.*@", "//...@")
                    + "' is no place for backups; right would be s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, or the absolute path of a folder");
        }
        var path = parts.group(3);
        return new Bucket(parts.group(1), parts.group(2), path.isEmpty() ? "" : path.substring(1) + "/");
    }

    /** What a file is called there. */
    String key(String file) {
        return prefix + file;
    }

    /** The file that is called so there; empty where it is no clinic's. */
    Optional<String> file(String key) {
        var file = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
        return Optional.of(file).filter(name -> name.matches("[^/]+/[^/]+"));
    }

    @Override
    public String toString() {
        return scheme + "://" + name + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
