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

    /** A transaction of the host's own at a clinic, on a connection that is none of those which serve: who asks may hold one of these. */
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
                return known(tenant,
                        core.at(tenant, handle -> read(handle, tenant).orElseGet(() -> make(handle, tenant))));
            }
        };
    }

    void forget(TenantId tenant) {
        known.remove(tenant);
    }

    private Optional<ClinicKey> read(Handle handle, TenantId tenant) {
        return handle.createQuery("select version, wrapped from clinic_key for update")
                .map((row, context) -> ClinicKey.parse(row.getInt(1), opened(row.getString(2), tenant)))
                .findOne();
    }

    private String opened(String wrapped, TenantId tenant) {
        return vault.decrypt(wrapped, binding(tenant))
                .orElseThrow(() -> new IllegalStateException("The keys of clinic '" + tenant
                        + "' cannot be opened; right would be keys/root.json of the installation that made them"));
    }

    /** Begins a rotation, or goes on with one that was cut off: what is wrapped from now on is wrapped by a new key. */
    ClinicKey beginRotation(TenantId tenant) {
        return known(tenant, core.at(tenant, handle -> {
            var key = read(handle, tenant).orElseGet(() -> make(handle, tenant));
            return key.hasOld() ? key : written(handle, tenant, key.rotated());
        }));
    }

    /** Ends it: nothing is wrapped by an older key any more, and none opens anything. @param rotated what {@link #beginRotation} gave; where another rotation has begun since, this one ends nothing */
    void endRotation(TenantId tenant, ClinicKey rotated) {
        known(tenant, core.at(tenant, handle -> {
            var now = read(handle, tenant).orElseThrow();
            if (now.version() != rotated.version()) {
                return now;
            }
            handle.execute("update clinic_key set rotated_at = now()");
            return written(handle, tenant, now.withoutOld());
        }));
    }

    private ClinicKey written(Handle handle, TenantId tenant, ClinicKey key) {
        handle.createUpdate("update clinic_key set wrapped = :wrapped, version = :version")
                .bind("wrapped", vault.encrypt(key.serialized(), binding(tenant)))
                .bind("version", key.version())
                .execute();
        return key;
    }

    private ClinicKey known(TenantId tenant, ClinicKey key) {
        known.put(tenant, key);
        return key;
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
