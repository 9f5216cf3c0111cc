// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Optional;
import org.sluse.data.Transaction;

/** The signing key in PostgreSQL: one row. */
final class JdbiSigningKeyStore {

    Optional<byte[]> find(Transaction tx) {
        return tx.handle()
                .createQuery("select value from signing_key")
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    void addIfAbsent(Transaction tx, byte[] key) {
        tx.handle()
                .createUpdate("insert into signing_key (value) values (:key) on conflict do nothing")
                .bind("key", key)
                .execute();
    }
}
