// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.host.disclosure.OutboundRecords;
import org.sluse.host.gate.Gate;
import org.sluse.host.gate.InForce;
import org.sluse.host.gate.Killed;
import org.sluse.host.gate.Nodes;
import org.sluse.host.gate.Restrictions;
import org.sluse.host.gate.Stage;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.plugin.Quarantine;
import org.sluse.host.register.Register;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.plugin.PluginId;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/** {@code /api/operate/nodes}, {@code /api/operate/plugins}: what the operator decides for all clinics at once. */
@Path("/operate")
@ForOperator
@RequestScoped
@AllowedTo(Role.OPERATOR)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PlatformResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int LONGEST_WHY = 200;

    @Inject
    Nodes nodes;
    @Inject
    Restrictions restrictions;
    @Inject
    Gate gate;
    @Inject
    Firewall firewall;
    @Inject
    PluginRegistry plugins;
    @Inject
    Quarantine quarantine;
    @Inject
    ClinicViews clinics;
    @Inject
    Register register;
    @Inject
    Texts texts;
    @QueryParam("lang")
    @DefaultValue("en")
    String lang;

    /**
     * How a plugin stands for all clinics.
     *
     * @param on how many clinics have it on
     * @param killed whether it is stopped everywhere
     * @param killedRecipients to whom it may send nothing, by id
     * @param recipients to whom it may send something at all
     */
    record PluginView(String id, String name, int on, boolean killed, Set<String> killedRecipients,
            List<RecipientView> recipients, StageView stage) {}

    /** Who may receive something. @param name legal name in the manifest; absent when each clinic names its own in its settings */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record RecipientView(String id, Optional<String> name) {}

    /** @param leftOut jars that the server was started without */
    record PluginsView(List<PluginView> plugins, List<LeftOutView> leftOut) {}

    /** A jar that is not in the server. @param detail what is wrong and what would be right, in English */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record LeftOutView(String jar, Optional<String> plugin, String reason, String why, String detail) {}

    /** How far it is rolled out. @param percent of {@code PERCENT} @param pilots of {@code PILOT} */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StageView(String name, Optional<Integer> percent, Optional<Set<String>> pilots) {

        static StageView of(Stage stage) {
            return new StageView(stage.name(),
                    stage instanceof Stage.Percent(int percent) ? Optional.of(percent) : Optional.empty(),
                    stage instanceof Stage.Pilot(Set<TenantId> pilots)
                            ? Optional.of(pilots.stream()
                                    .map(TenantId::value)
                                    .collect(Collectors.toCollection(TreeSet::new)))
                            : Optional.empty());
        }
    }

    /**
     * A kill switch.
     *
     * @param recipient to whom nothing may be sent; absent: the whole plugin
     * @param why for the clinics' administrators; required
     */
    record Kill(boolean killed, Optional<String> recipient, Optional<String> why) {}

    /** A roll-out. @param why for the clinics' administrators; required */
    record RollOut(String stage, Optional<Integer> percent, Optional<List<String>> pilots, Optional<String> why) {}

    /** What was done, and how far it has come. */
    record Done(PluginView plugin, InForce inForce) {}

    @GET
    @Path("/nodes")
    public List<Nodes.Node> nodes() {
        return nodes.all();
    }

    /** Where this installation connects to. */
    @GET
    @Path("/firewall")
    public Firewall.Openings firewall() {
        return firewall.openings();
    }

    @GET
    @Path("/plugins")
    public PluginsView plugins() {
        return new PluginsView(plugins.all().stream().map(one -> view(one.id())).toList(),
                quarantine.leftOut().stream().map(this::view).toList());
    }

    /** Stops a plugin, or one of its recipients, for every clinic, or allows it again. */
    @PUT
    @Path("/plugins/{plugin}/kill")
    public Done kill(@PathParam("plugin") String plugin, Kill wanted) {
        var id = installed(plugin);
        wanted.recipient().ifPresent(recipient -> checkRecipient(id, recipient));
        return done(id, restrictions.kill(new Killed(id, wanted.recipient()), wanted.killed(), why(wanted.why())));
    }

    /** Rolls a plugin out as far as this. */
    @PUT
    @Path("/plugins/{plugin}/rollout")
    public Done rollOut(@PathParam("plugin") String plugin, RollOut wanted) {
        var id = installed(plugin);
        return done(id, restrictions.rollOut(id, stage(wanted), why(wanted.why())));
    }

    private Stage stage(RollOut wanted) {
        var unknown = wanted.pilots()
                .orElse(List.of())
                .stream()
                .filter(tenant -> !TenantId.isValid(tenant) || gate.tenant(new TenantId(tenant)).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            throw ProblemException.notAllowed("/pilots", "unknown",
                    "There is no clinic '" + unknown.get() + "'; right would be one that 'tenant list' shows");
        }
        if (wanted.stage().equals("PERCENT") && wanted.percent().isEmpty()
                || wanted.stage().equals("PILOT") && wanted.pilots().filter(any -> !any.isEmpty()).isEmpty()) {
            throw ProblemException.notAllowed("/stage", "incomplete",
                    "PERCENT needs 'percent', PILOT needs the ids of clinics as 'pilots'");
        }
        try {
            return Stage.of(wanted.stage(), wanted.percent().orElse(0), wanted.pilots().orElse(List.of()));
        } catch (IllegalArgumentException notOne) {
            throw ProblemException.notAllowed("/stage", "stage", String.valueOf(notOne.getMessage()));
        }
    }

    private Done done(PluginId plugin, long revision) {
        return new Done(view(plugin), nodes.await(revision, PATIENCE));
    }

    private PluginView view(PluginId plugin) {
        var state = restrictions.of(plugin);
        return new PluginView(plugin.value(), clinics.name(plugin, language()), gate.countWith(plugin),
                state.killed(), new TreeSet<>(state.killedRecipients()), recipientViews(plugin),
                StageView.of(state.stage()));
    }

    private LeftOutView view(Quarantine.LeftOut one) {
        return new LeftOutView(one.jar(), one.plugin().map(PluginId::value), one.cause().reason(),
                texts.text(Texts.KIT, "quarantine." + one.cause().reason(), language()), one.cause().detail());
    }

    private Language language() {
        return Language.of(lang).orElse(Language.EN);
    }

    private List<RecipientView> recipientViews(PluginId plugin) {
        var names = plugins.find(plugin.value()).map(one -> register.names(one.plugin())).orElseGet(Map::of);
        return recipients(plugin).stream()
                .map(id -> new RecipientView(id, Optional.ofNullable(names.get(id))))
                .toList();
    }

    private TreeSet<String> recipients(PluginId plugin) {
        return plugins.find(plugin.value())
                .stream()
                .flatMap(one -> one.plugin().outbound().stream())
                .map(OutboundRecords::recipient)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private PluginId installed(String plugin) {
        return plugins.find(plugin).orElseThrow(ProblemException::notFound).id();
    }

    /** A mistyped one would be told as stopped while the right one goes on. */
    private void checkRecipient(PluginId plugin, String recipient) {
        var known = recipients(plugin);
        if (!known.contains(recipient)) {
            throw ProblemException.notAllowed("/recipient", "recipient",
                    "'" + plugin + "' sends nothing to a recipient of this id; right would be one of " + known);
        }
    }

    private static String why(Optional<String> why) {
        return why.map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_WHY
                        && text.chars().noneMatch(Character::isISOControl))
                .orElseThrow(() -> ProblemException.notAllowed("/why", "why",
                        "Clinics are told why; right would be 1 to " + LONGEST_WHY + " printable characters"));
    }
}
