// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.tenant;

import java.util.Optional;
import java.util.Set;
import org.sluse.actor.Actor;
import org.sluse.actor.Role;
import org.sluse.host.config.OnePerNode;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantContext;

/** Binds tenant, actor and source to the calling thread for the time of one call; the bean answers for the thread that asks. */
@OnePerNode
public final class Binding implements TenantContext {

    /** Who holds the operator's token. */
    public static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", Set.of(Role.OPERATOR));

    private static final ScopedValue<Bound> CURRENT = ScopedValue.newInstance();

    private static final ScopedValue<Call> CALL = ScopedValue.newInstance();

    /** @param tenant empty while the actor works for none */
    private record Bound(Optional<Tenant> tenant, Actor actor) {}

    /** A call from outside. Whose it is turns out once it has begun. */
    private static final class Call {

        private final Source source;
        private volatile Optional<OperatorName> operator = Optional.empty();

        Call(Source source) {
            this.source = source;
        }
    }

    /** Does the work for the tenant, as the actor. May be nested; the inner one holds inside. */
    public <T, X extends Throwable> T call(Tenant tenant, Actor actor, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, new Bound(Optional.of(tenant), actor)).call(work);
    }

    /** Does the work for the tenant, as the actor. */
    public void run(Tenant tenant, Actor actor, Runnable work) {
        ScopedValue.where(CURRENT, new Bound(Optional.of(tenant), actor)).run(work);
    }

    /** Does the work for no tenant, as the actor, whichever tenant is bound outside: what it writes names none. */
    public void run(Actor actor, Runnable work) {
        ScopedValue.where(CURRENT, new Bound(Optional.empty(), actor)).run(work);
    }

    /** Does the work as called from there; whichever tenants are bound inside. */
    public <T, X extends Throwable> T from(Source source, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CALL, new Call(source)).call(work);
    }

    /** Where the call comes from that this thread works for; {@link Source#ITSELF} when nobody called. */
    public Source source() {
        return isCalled() ? CALL.get().source : Source.ITSELF;
    }

    /** Whether the calling thread works for somebody who called; otherwise the system does it by itself. */
    public boolean isCalled() {
        return CALL.isBound();
    }

    /** The call is one of the operator's, and this is what who calls names themselves. To be said once they have shown that they are. */
    public void calledBy(OperatorName operator) {
        CALL.get().operator = Optional.of(operator);
    }

    /** Who of the operator's people calls, as they say; empty when nobody does, or did not say. */
    public Optional<OperatorName> operator() {
        return isCalled() ? CALL.get().operator : Optional.empty();
    }

    /** Whether the calling thread works for a tenant. */
    public boolean isBound() {
        return CURRENT.isBound() && CURRENT.get().tenant().isPresent();
    }

    @Override
    public Tenant tenant() {
        return bound().tenant().orElseThrow(Binding::unbound);
    }

    @Override
    public Actor actor() {
        return bound().actor();
    }

    /** Who answers for what the calling thread does: who is bound, and otherwise the operator. */
    public Actor responsible() {
        return CURRENT.isBound() ? actor() : OPERATOR;
    }

    private static Bound bound() {
        if (!CURRENT.isBound()) {
            throw unbound();
        }
        return CURRENT.get();
    }

    private static IllegalStateException unbound() {
        return new IllegalStateException(
                "This thread works for no tenant; right would be a thread of the host's, not one's own");
    }
}
