// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import java.util.Optional;
import org.sluse.data.Transaction;

/** The sealed signing key in PostgreSQL: one row. */
final class JdbiSigningKeyStore {

    Optional<byte[]> find(Transaction tx) {
        return tx.handle()
                .createQuery("select sealed from signing_key")
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    /** Puts the key there, unless another call is faster. */
    void addIfAbsent(Transaction tx, byte[] sealed) {
        tx.handle()
                .createUpdate("insert into signing_key (sealed) values (:sealed) on conflict do nothing")
                .bind("sealed", sealed)
                .execute();
    }

    /** Takes this key away, and no newer one. */
    void remove(Transaction tx, byte[] sealed) {
        tx.handle()
                .createUpdate("delete from signing_key where sealed = :sealed")
                .bind("sealed", sealed)
                .execute();
    }
}
