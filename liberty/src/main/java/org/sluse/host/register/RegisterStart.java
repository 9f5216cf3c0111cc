// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.inject.Inject;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.tenant.Tenants;

/** Puts what this node brings into the registers, at its start. */
@OnePerNode
public final class RegisterStart {

    @Inject
    Register register;
    @Inject
    Tenants tenants;

    /** After the gate knows what is on. Returns at once; a changed jar's clinics are brought up to date meanwhile. */
    public void start() {
        register.startsNode(tenants);
    }
}
