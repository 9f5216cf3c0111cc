// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.key.KeyServiceException;
import org.sluse.host.key.RootKey;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** {@code /api/operate/root-key}: whether a key service seals the file of this node's root key. */
@Path("/operate/root-key")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RootKeyResource {

    @Inject
    RootKey root;
    @Inject
    ControlDatabase control;

    /** @param service address of a key, for example {@code gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K} */
    record Wrap(String service) {}

    /** @param service that seals the file; absent: none */
    record RootKeyView(Optional<String> service) {}

    /** Answers when the file is sealed. */
    @PUT
    public RootKeyView wrap(Wrap wanted) {
        if (wanted.service().isBlank()) {
            throw ProblemException.notAllowed("/service", "required",
                    "The key is missing; right would be gcp-kms://projects/P/locations/L/keyRings/R/cryptoKeys/K");
        }
        return change("WRAP", () -> root.seal(wanted.service()));
    }

    /** Answers when the file is plain, as it is too when it was before. */
    @DELETE
    public RootKeyView unwrap() {
        return change("UNWRAP", root::unseal);
    }

    private RootKeyView change(String action, Runnable work) {
        // Said before: nobody learns the root key, or seals it, without a line of it.
        control.record(Act.of(action, "RootKey", "root"));
        try {
            work.run();
        } catch (KeyServiceException refused) {
            var problem = new ProblemException(Problem.CONFLICT, String.valueOf(refused.getMessage()));
            problem.initCause(refused);
            throw problem;
        }
        return new RootKeyView(root.sealedBy());
    }
}
