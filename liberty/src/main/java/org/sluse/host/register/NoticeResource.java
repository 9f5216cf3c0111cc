// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;

/**
 * {@code GET /api/{tenant}/core/notice}: what every privacy notice of the clinic says, for the pages of patients (GDPR Art. 13(1)(a), (b), (e), (f)). It tells of nobody,
 * so anybody may read it, and no reading of it is recorded.
 */
@Path("/{tenant}/core/notice")
@RequestScoped
@AllowedTo(Role.ANYONE)
@Produces(MediaType.APPLICATION_JSON)
public class NoticeResource {

    @Inject
    Register register;

    /**
     * @param controller who answers for the clinic; each component is empty until it is entered
     * @param always who hosts and runs the system, whichever modules are on
     */
    record NoticeView(ControllerView controller, List<RegisterView.RecipientRow> always) {}

    /** @param officer data protection officer, where there is one: name and contact */
    record ControllerView(String name, String address, String contact, String officer) {}

    @GET
    public NoticeView show(@BeanParam RegisterQuery query) {
        var now = register.now(query.language());
        var controller = now.controller();
        return new NoticeView(new ControllerView(controller.name(), controller.address(), controller.contact(),
                controller.officer()), now.always());
    }
}
