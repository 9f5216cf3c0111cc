// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.secret;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.sluse.host.key.Sealing;
import org.sluse.plugin.PluginId;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secrets;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;

/** One plugin's secrets, sealed for whichever clinic is bound. */
final class SealedSecrets implements Secrets {

    /** Without the sign that parts the associated data, so that no two names give the same. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,100}");

    private final Supplier<PluginId> owner;
    private final Function<TenantId, Sealing> sealing;
    private final TenantContext context;

    /** @param owner asked late: a plugin's bean may be made before it is known whose it is @param sealing of each clinic */
    SealedSecrets(Supplier<PluginId> owner, Function<TenantId, Sealing> sealing, TenantContext context) {
        this.owner = owner;
        this.sealing = sealing;
        this.context = context;
    }

    @Override
    public byte[] seal(String name, byte[] plain) {
        return ofClinic().encrypt(plain, belongsTo(name));
    }

    @Override
    public byte[] open(String name, byte[] sealed) {
        return ofClinic().decrypt(sealed, belongsTo(name)).orElseThrow(() -> new SealBrokenException(name));
    }

    private Sealing ofClinic() {
        return sealing.apply(context.tenant().id());
    }

    private String belongsTo(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' names no secret; right would be 1 to 100 lower-case letters, digits and hyphens");
        }
        return String.join("|", "plugin.secret", context.tenant().id().value(), owner.get().value(), name);
    }
}
