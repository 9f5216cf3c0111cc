// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.epr.EprSettings;
import org.sluse.plugin.OfPlugin;
import org.sluse.settings.Settings;

/** {@code /api/{tenant}/epr/instruments}: what may be asked. */
@Path("/{tenant}/epr/instruments")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.PRACTITIONER)
@Produces(MediaType.APPLICATION_JSON)
public class InstrumentsResource {

    @Inject
    Settings<EprSettings> settings;

    /** @param items how many questions it has */
    public record InstrumentView(String id, String title, int items, List<String> languages, String notice) {}

    /** The catalogue, and the numbers that patients are shown. */
    public record InstrumentsView(List<InstrumentView> instruments, String crisisLine, String emergencyNumber) {}

    @GET
    public InstrumentsView list() {
        var set = settings.get();
        return new InstrumentsView(Instruments.ALL.stream()
                .map(one -> new InstrumentView(one.id(), one.title(), one.items().size(), List.copyOf(one.languages()),
                        one.notice()))
                .toList(), set.crisisLine(),
                set.emergencyNumber());
    }
}
