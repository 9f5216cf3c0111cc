// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.backup.BackupStore;
import org.sluse.host.backup.Backups;
import org.sluse.host.tenant.Binding;

/** {@code /api/operate/backups}: makes a clinic's backup now, and says whose last one is too old. */
@Path("/operate/backups")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class BackupsResource {

    @Inject
    Backups backups;
    @Inject
    BackupStore store;
    @Inject
    AtClinic atClinic;
    @Inject
    Binding binding;
    @Inject
    Clock clock;

    /**
     * A backup to be made.
     *
     * @param tenant the clinic's id
     * @param place an absolute path on the server's machine, or a bucket; absent: the place that the operator has set
     */
    record NewBackup(String tenant, Optional<String> place) {}

    /** By id, a hundred at most. */
    record LateView(List<BackupStore.Late> late) {}

    /** Answers when the backup was read back. */
    @POST
    public Response make(NewBackup wanted) {
        return atClinic.call(wanted.tenant(),
                () -> Response.status(201).entity(backups.now(binding.tenant().id(), wanted.place())).build());
    }

    @GET
    public LateView late() {
        return new LateView(store.late(clock.instant()));
    }
}
