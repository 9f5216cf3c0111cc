// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Optional;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.data.Transaction;
import org.sluse.secret.SealBrokenException;
import org.sluse.secret.Secrets;

/**
 * The clinic's key for join tokens: 256 random bits, made when it is first needed, kept sealed in the plugin's schema. One that cannot be opened, for example after the
 * installation got another root key, is replaced: tokens live for minutes, and whoever holds one of before is given a new one.
 */
@Dependent
final class SigningKeys {

    private static final String NAME = "join-token-key";

    private final TenantDatabase database;
    private final Secrets secrets;
    private final JdbiSigningKeyStore store = new JdbiSigningKeyStore();
    private final SecureRandom random = new SecureRandom();

    @Inject
    SigningKeys(TenantDatabase database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** The key of the bound tenant. */
    public byte[] key() {
        return database.inTransaction(AuditEntry.read("SigningKey", "*"),
                tx -> store.find(tx).flatMap(sealed -> opened(tx, sealed)).orElseGet(() -> make(tx)));
    }

    private Optional<byte[]> opened(Transaction tx, byte[] sealed) {
        try {
            return Optional.of(secrets.open(NAME, sealed));
        } catch (SealBrokenException ofAnotherKey) {
            tx.record(AuditEntry.of(AuditAction.DELETE, "SigningKey", "*"));
            store.remove(tx, sealed);
            return Optional.empty();
        }
    }

    private byte[] make(Transaction tx) {
        var fresh = new byte[32];
        random.nextBytes(fresh);
        tx.record(AuditEntry.of(AuditAction.CREATE, "SigningKey", "*"));
        store.addIfAbsent(tx, secrets.seal(NAME, fresh));
        return secrets.open(NAME, store.find(tx).orElseThrow());
    }
}
