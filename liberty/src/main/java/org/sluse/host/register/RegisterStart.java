// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.look.Look;

/** Puts what this node brings into the registers, at its start and, at each clinic, as soon as can be. */
@OnePerNode
public final class RegisterStart {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Look look = new Look("register");
    private final Register register;

    @Inject
    RegisterStart(Register register) {
        this.register = register;
    }

    /** After the gate knows what is on. Clinics are brought up to date afterwards. */
    public void start() {
        register.startsNode();
        look.every(BETWEEN_LOOKS, register::spreadNews);
    }

    /** Before any bean is destroyed, the database among them. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        look.stop();
    }
}
