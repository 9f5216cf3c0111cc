// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.data;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.sluse.host.key.Vault;
import org.sluse.host.seal.ClinicKey;
import org.sluse.host.seal.KeyRing;
import org.sluse.tenant.TenantId;

/** The keys of clinics: a row of each clinic's own database, wrapped by the root key. What has been read is kept in memory. Thread-safe. */
final class ClinicKeys {

    private final Vault vault;
    private final CoreWork core;
    private final Map<TenantId, ClinicKey> known = new ConcurrentHashMap<>();

    /** A transaction of the host's own at a clinic. */
    interface CoreWork {

        <T> T at(TenantId tenant, Function<Handle, T> work);
    }

    ClinicKeys(Vault vault, CoreWork core) {
        this.vault = vault;
        this.core = core;
    }

    KeyRing ring(TenantId tenant) {
        return new KeyRing() {
            @Override
            public ClinicKey key() {
                var key = known.get(tenant);
                return key == null ? keyAnew() : key;
            }

            @Override
            public ClinicKey keyAnew() {
                var key = core.at(tenant, handle -> read(handle, tenant).orElseGet(() -> make(handle, tenant)));
                known.put(tenant, key);
                return key;
            }
        };
    }

    void forget(TenantId tenant) {
        known.remove(tenant);
    }

    private Optional<ClinicKey> read(Handle handle, TenantId tenant) {
        return handle.createQuery("select wrapped from clinic_key")
                .mapTo(String.class)
                .findOne()
                .map(wrapped -> ClinicKey.parse(vault.decrypt(wrapped, binding(tenant))
                        .orElseThrow(() -> new IllegalStateException("The keys of clinic '" + tenant
                                + "' cannot be opened; right would be keys/root.json of the installation that made them"))));
    }

    /** Somebody may be faster; theirs are the clinic's then. */
    private ClinicKey make(Handle handle, TenantId tenant) {
        handle.createUpdate("insert into clinic_key (wrapped) values (:wrapped) on conflict do nothing")
                .bind("wrapped", vault.encrypt(ClinicKey.generate().serialized(), binding(tenant)))
                .execute();
        return read(handle, tenant).orElseThrow();
    }

    static String binding(TenantId tenant) {
        return "clinic-key|" + tenant.value();
    }
}
