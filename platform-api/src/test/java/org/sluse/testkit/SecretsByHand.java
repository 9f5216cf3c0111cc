// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secrets;
import org.sluse.tenant.TenantContext;
import org.sluse.tenant.TenantId;

/** One plugin's secrets, kept in memory: what is sealed is the number of a secret. For unit tests; held to {@link SecretsContract} as the product's are. */
public final class SecretsByHand implements Secrets {

    private final List<Sealed> sealed = new ArrayList<>();
    private final TenantContext context;

    private record Sealed(TenantId tenant, String name, byte[] plain) {}

    /** @param context for whom is sealed and opened */
    public SecretsByHand(TenantContext context) {
        this.context = context;
    }

    @Override
    public synchronized byte[] seal(String name, byte[] plain) {
        if (!name.matches("[a-z0-9-]{1,100}")) {
            throw new IllegalArgumentException("'" + name
                    + "' names no secret; right would be 1 to 100 lower-case letters, digits and hyphens");
        }
        sealed.add(new Sealed(context.tenant().id(), name, plain.clone()));
        return ByteBuffer.allocate(Long.BYTES).putLong(sealed.size() - 1L << 8).array();
    }

    @Override
    public synchronized byte[] open(String name, byte[] number) {
        if (number.length == Long.BYTES) {
            var at = ByteBuffer.wrap(number).getLong();
            // The last byte is zero, so that a number that was altered there is nobody's.
            if ((at & 0xff) == 0 && at >= 0 && at >> 8 < sealed.size()) {
                var found = sealed.get((int) (at >> 8));
                if (found.tenant().equals(context.tenant().id()) && found.name().equals(name)) {
                    return found.plain().clone();
                }
            }
        }
        throw new SealBrokenException(name);
    }
}
