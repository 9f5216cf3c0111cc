// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.gate.Gate;
import org.sluse.host.tenant.Binding;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.Tenant;
import org.sluse.tenant.TenantId;

/** Does something at a clinic as the operator. Thread-safe. */
@OnePerNode
final class AtClinic {

    private final Gate gate;
    private final Binding binding;

    @Inject
    AtClinic(Gate gate, Binding binding) {
        this.gate = gate;
        this.binding = binding;
    }

    /** With the clinic bound. @throws ProblemException {@code problem/not-found} when there is no clinic of this id, {@code problem/unavailable} when its data rests elsewhere */
    <T> T call(String id, Supplier<T> work) {
        var tenant = TenantId.isValid(id) ? gate.tenant(new TenantId(id)) : Optional.<Tenant>empty();
        if (TenantId.isValid(id) && gate.isElsewhere(new TenantId(id))) {
            throw new ProblemException(Problem.UNAVAILABLE, "The data of clinic '" + id
                    + "' rests at another location, or is on its way there; right would be to ask a node there ('tenant list' shows where)");
        }
        var known = tenant.orElseThrow(() -> new ProblemException(Problem.NOT_FOUND,
                "There is no clinic '" + id + "'; right would be one that 'tenant list' shows"));
        return binding.<T, RuntimeException>call(known, Binding.OPERATOR, work::get);
    }
}
