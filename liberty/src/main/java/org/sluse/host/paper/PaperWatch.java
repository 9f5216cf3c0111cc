// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.actor.Actor;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.tenant.Binding;
import org.sluse.tenant.Tenant;

/** Looks every ten seconds whose papers have ended by their date, and makes good what a node that died left undone. */
@OnePerNode
public final class PaperWatch {

    private static final Logger LOG = Logger.getLogger(PaperWatch.class.getName());
    private static final long LOOK_SECONDS = 10;
    private static final Actor WATCH = new Actor(Actor.Kind.SYSTEM, "papers", Set.of());

    private final ScheduledExecutorService executor = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("papers").factory());
    private final PaperStore store;
    private final Papers papers;
    private final Gate gate;
    private final Binding binding;

    @Inject
    PaperWatch(PaperStore store, Papers papers, Gate gate, Binding binding) {
        this.store = store;
        this.papers = papers;
        this.gate = gate;
        this.binding = binding;
    }

    /** Looks from now on. */
    public void start() {
        executor.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        executor.shutdownNow();
    }

    private void look() {
        try {
            store.unsettled().forEach(id -> gate.tenant(id).ifPresent(this::settle));
        } catch (RuntimeException unreachable) {
            // An executor would silently never call again; the next look is in ten seconds.
            LOG.log(Level.WARNING, "papers-not-looked-at cause={0}", unreachable.getClass().getName());
        }
    }

    private void settle(Tenant tenant) {
        try {
            binding.run(tenant, WATCH, papers::settle);
            LOG.log(Level.INFO, "paper-ended tenant={0}", tenant.id());
        } catch (RuntimeException failed) {
            // One clinic's database that is down keeps no other's module on.
            LOG.log(Level.WARNING, "paper-not-settled tenant={0} cause={1}",
                    new Object[]{tenant.id(), failed.getClass().getName()});
        }
    }
}
