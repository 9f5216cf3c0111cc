// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;

/** The clinic's key for join tokens: 256 random bits, made when it is first needed, kept in the plugin's schema. */
@Dependent
final class SigningKeys {

    private final TenantDatabase database;
    private final JdbiSigningKeyStore store = new JdbiSigningKeyStore();
    private final SecureRandom random = new SecureRandom();

    @Inject
    SigningKeys(TenantDatabase database) {
        this.database = database;
    }

    /** The key of the bound tenant. */
    public byte[] key() {
        return database.inTransaction(AuditEntry.read("SigningKey", "*"), this::findOrMake);
    }

    private byte[] findOrMake(Transaction tx) {
        var fresh = new byte[32];
        random.nextBytes(fresh);
        return store.find(tx).orElseGet(() -> {
            store.addIfAbsent(tx, fresh);
            return store.find(tx).orElseThrow();
        });
    }
}
