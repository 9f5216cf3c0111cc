// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.key;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.sluse.host.config.HostSettings;

/** Vaults for tests of other packages. */
public final class Vaults {

    private Vaults() {}

    /** What an operator who sets only the data folder has. */
    public static HostSettings settings(Path folder) {
        return new HostSettings(folder, URI.create("http://127.0.0.1:8080"), Optional.empty(), false, true, 100,
                "Frankfurt", folder.resolve("witness"));
    }

    /** The vault whose key lies in the folder. */
    public static Vault in(Path folder) {
        return new Vault(new RootKey(folder, address -> {
            throw new AssertionError(address);
        }));
    }
}
