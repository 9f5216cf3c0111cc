// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sluse.actor.Actor;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.look.Look;
import org.sluse.host.tenant.Binding;
import org.sluse.tenant.Tenant;

/** Looks every ten seconds whose papers have ended by their date, and makes good what a node that died left undone. */
@OnePerNode
public final class PaperWatch {

    private static final Logger LOG = Logger.getLogger(PaperWatch.class.getName());
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final Actor WATCH = new Actor(Actor.Kind.SYSTEM, "papers", Set.of());

    private final Look look = new Look("papers");
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
        look.every(BETWEEN_LOOKS, () -> store.unsettled().forEach(id -> gate.tenant(id).ifPresent(this::settle)));
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
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
