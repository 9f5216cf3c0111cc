// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.testkit.KnownTenant;
import org.sluse.testkit.SecretsByHand;
import org.sluse.testkit.TestDatabase;

class SigningKeysTest {

    private final TestDatabase database = TestDatabase.with("video");
    private final SecretsByHand secrets = new SecretsByHand(new KnownTenant());

    @Test
    void a_clinic_has_one_key_also_after_a_restart() {
        var key = new SigningKeys(database, secrets).key();

        assertThat(key).hasSize(32);
        assertThat(new SigningKeys(database, secrets).key()).isEqualTo(key);
    }

    @Test
    void what_lies_in_the_database_is_sealed() {
        var key = new SigningKeys(database, secrets).key();

        assertThat(kept()).isNotEqualTo(key);
        assertThat(secrets.open("join-token-key", kept())).isEqualTo(key);
    }

    @Test
    void a_key_that_cannot_be_opened_any_more_is_replaced_and_the_audit_trail_has_it() {
        var before = new SigningKeys(database, secrets).key();

        var after = new SigningKeys(database, new SecretsByHand(new KnownTenant())).key();

        assertThat(after).hasSize(32).isNotEqualTo(before);
        assertThat(database.audit()).contains(AuditEntry.of(AuditAction.DELETE, "SigningKey", "*"));
    }

    private byte[] kept() {
        return database.inTransaction(AuditEntry.read("SigningKey", "*"),
                tx -> tx.handle().createQuery("select sealed from signing_key").mapTo(byte[].class).one());
    }
}
