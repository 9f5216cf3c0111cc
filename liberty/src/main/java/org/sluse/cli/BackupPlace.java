// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where backups lie, as it is typed: a folder of this machine, or a bucket in a cloud, {@code s3://BUCKET/PREFIX}. */
final class BackupPlace {

    private BackupPlace() {
    }

    /** As the server has it: a folder by its absolute path, whatever it is that the command was typed in. */
    static String address(String typed) {
        return isBucket(typed) ? typed : Path.of(typed).toAbsolutePath().normalize().toString();
    }

    /** Whether it may be one; what cannot be seen from here, the server says. */
    static boolean isThere(String typed) {
        return isBucket(typed) || Files.isDirectory(Path.of(typed));
    }

    private static boolean isBucket(String typed) {
        return typed.contains("://");
    }
}
