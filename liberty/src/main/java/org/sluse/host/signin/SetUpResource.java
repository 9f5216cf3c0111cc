// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.signin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.people.People;
import org.sluse.host.tenant.Binding;
import org.sluse.secret.Secret;

/** {@code POST /api/{tenant}/core/set-up}: the first administrator of a new clinic names the identity provider, with the operator's one-time code. */
@Path("/{tenant}/core/set-up")
@RequestScoped
@AllowedTo(Role.ANYONE)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SetUpResource {

    @Inject
    SetUp setUp;
    @Inject
    Binding binding;

    /**
     * What the first administrator types.
     *
     * @param code from the link
     * @param issuer the provider's exact issuer
     * @param subject the administrator's own {@code sub} there
     * @param name what colleagues read
     */
    record SetUpRequest(String code, String issuer, String clientId, Optional<String> clientSecret, String subject,
            String name) {}

    /** @param signIn where to go next */
    record SetUpView(String signIn) {}

    @POST
    public SetUpView setUp(SetUpRequest request) {
        setUp.redeem(request.code(), new SetUp.Particulars(request.issuer(), request.clientId(),
                request.clientSecret().filter(text -> !text.isBlank()).map(Secret::new),
                new People.NewPerson(request.subject(), request.name(), List.of("administrator"))));
        return new SetUpView("/" + binding.tenant().id() + "/sign-in");
    }
}
