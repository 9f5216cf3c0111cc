// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.secret;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.sluse.host.key.Vault;
import org.sluse.plugin.PluginId;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secrets;
import org.sluse.tenant.TenantContext;

/** One plugin's secrets, sealed by the vault for whichever clinic is bound. */
final class VaultSecrets implements Secrets {

    /** Without the sign that parts the associated data, so that no two names give the same. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");

    private final Supplier<PluginId> owner;
    private final Vault vault;
    private final TenantContext context;

    /** @param owner asked late: a plugin's bean may be made before it is known whose it is */
    VaultSecrets(Supplier<PluginId> owner, Vault vault, TenantContext context) {
        this.owner = owner;
        this.vault = vault;
        this.context = context;
    }

    @Override
    public byte[] seal(String name, byte[] plain) {
        return vault.encrypt(plain, belongsTo(name));
    }

    @Override
    public byte[] open(String name, byte[] sealed) {
        return vault.decrypt(sealed, belongsTo(name)).orElseThrow(() -> new SealBrokenException(name));
    }

    private String belongsTo(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' names no secret; right would be 1 to 100 lower-case letters, digits and hyphens");
        }
        return String.join("|", "plugin.secret", context.tenant().id().value(), owner.get().value(), name);
    }
}
