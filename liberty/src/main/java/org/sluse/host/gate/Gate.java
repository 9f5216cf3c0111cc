// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.gate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.sluse.plugin.PluginId;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/**
 * The one decision: does this plugin exist for this tenant now? Asked by the request filter, the handshake, each socket message, each timer and
 * each disclosure. Thread-safe; a look-up of the clinic and a bit test, no lock, no I/O.
 *
 * <p>Two questions: {@link #isOn} is what the newest known revision says, {@link #isConfirmed} whether that is still known to be the newest. A node that has not
 * confirmed it for {@link #LEASE} decides nothing: what another node has switched off since then it could not know.
 */
public final class Gate {

    /** For how long a node decides by what it has confirmed last. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private volatile Snapshot snapshot = Snapshot.NOTHING;
    // Of a clock that never goes back; compared by difference, since it may overflow.
    private volatile long confirmedUntil;

    /** By the machine's monotonic clock. */
    public Gate() {
        this(System::nanoTime);
    }

    /** @param nanoTime nanoseconds from any origin, never going back, counting while the process is paused */
    Gate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.confirmedUntil = nanoTime.getAsLong();
    }

    /** Whether the tenant has the plugin on. False for a tenant or a plugin that is not there. */
    public boolean isOn(TenantId tenant, PluginId plugin) {
        return tenantWith(tenant, plugin).isPresent();
    }

    /** Whether what is in force here is known to be the newest, or was within the last {@link #LEASE}. */
    public boolean isConfirmed() {
        return confirmedUntil - nanoTime.getAsLong() > 0;
    }

    /** The tenant and what it has on, as of the snapshot in force: for who asks about one clinic more than once, and wants all answers from one revision. */
    public Optional<Standing> standing(TenantId id) {
        return snapshot.standing(id);
    }

    /** The tenant, as of the snapshot in force. */
    public Optional<Tenant> tenant(TenantId id) {
        return standing(id).map(Standing::tenant);
    }

    /** Whether there is such a clinic, whose data rests at another location or is on its way there: for this node's work it does not exist. */
    public boolean isElsewhere(TenantId id) {
        return snapshot.elsewhere().contains(id);
    }

    /** How many clinics there are whose data rests at other locations. */
    public int countElsewhere() {
        return snapshot.elsewhere().size();
    }

    /** Which revision is in force on this node; -1 before the first. */
    public long revision() {
        return snapshot.revision();
    }

    /** The tenant, if it has the plugin on. */
    public Optional<Tenant> tenantWith(TenantId id, PluginId plugin) {
        return standing(id).filter(one -> one.has(plugin)).map(Standing::tenant);
    }

    /** Every clinic of this node's location. */
    public List<Tenant> tenants() {
        return snapshot.tenants();
    }

    /** Everybody who has the plugin on. */
    public List<Tenant> tenantsWith(PluginId plugin) {
        return snapshot.tenantsWith(plugin);
    }

    /** How many have the plugin on. */
    public int countWith(PluginId plugin) {
        return snapshot.countWith(plugin);
    }

    /** Whether the operator has forbidden to every clinic that the plugin sends this recipient anything. */
    public boolean isKilled(PluginId plugin, String recipient) {
        return snapshot.killed().contains(new Killed(plugin, Optional.of(recipient)));
    }

    /**
     * Puts a state in force, where every clinic is this node's.
     *
     * @param revision which it is
     * @param tenants every clinic and the plugins that it has on
     * @param plugins every plugin there is
     * @param killed what the operator has forbidden; whole plugins are off in {@code tenants} already
     */
    public void enforce(long revision, Map<Tenant, List<PluginId>> tenants, List<PluginId> plugins,
            Set<Killed> killed) {
        enforce(revision, tenants, plugins, killed, Set.of());
    }

    /** The same. @param elsewhere clinics whose data rests at other locations; none of them is in {@code tenants} */
    public void enforce(long revision, Map<Tenant, List<PluginId>> tenants, List<PluginId> plugins, Set<Killed> killed,
            Set<TenantId> elsewhere) {
        snapshot = new Snapshot(revision, tenants, plugins, killed, elsewhere);
    }

    /** What is in force was the newest at this moment, by {@link System#nanoTime}: to be taken before the question is sent, so that a slow answer lengthens nothing. */
    public void confirm(long askedAt) {
        var until = askedAt + LEASE.toNanos();
        if (until - confirmedUntil > 0) {
            confirmedUntil = until;
        }
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
