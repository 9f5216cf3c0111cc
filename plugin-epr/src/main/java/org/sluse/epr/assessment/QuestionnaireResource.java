// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.disclosure.Recipient;
import org.sluse.epr.EprPlugin;
import org.sluse.epr.EprSettings;
import org.sluse.link.Links;
import org.sluse.plugin.Activity;
import org.sluse.plugin.OfPlugin;
import org.sluse.problem.ProblemException;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;

/** {@code /api/{tenant}/epr/questionnaire}: what the holder of a link answers. */
@Path("/{tenant}/epr/questionnaire")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.LINK_HOLDER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class QuestionnaireResource {

    private static final String DECLINED = "declined";

    @Inject
    Assessments assessments;
    @Inject
    Links links;
    @Inject
    TenantContext context;
    @Inject
    EprPlugin plugin;
    @Inject
    Settings<EprSettings> settings;

    /** The one-time code of the address. */
    public record Exchange(String code) {

        public Exchange(@Nullable String code) {
            this.code = AssessmentsResource.required("/code", code);
        }
    }

    /** @param link goes into the header {@code X-Sluse-Link} of each later call */
    public record HeldView(String link) {}

    /** Exactly one of a choice and a refusal. */
    public record SaveAnswer(Optional<String> code, Optional<Boolean> declined) {

        public SaveAnswer(@Nullable Optional<String> code, @Nullable Optional<Boolean> declined) {
            this.code = code == null ? Optional.empty() : code;
            this.declined = declined == null ? Optional.empty() : declined;
            if (this.code.isPresent() == this.declined.orElse(false)) {
                throw ProblemException.notAllowed("/code", "answer",
                        "Neither or both of 'code' and 'declined' are given; right would be one");
            }
        }

        Answer to(String linkId) {
            return code.<Answer>map(chosen -> new Answer.Chosen(linkId, chosen))
                    .orElseGet(() -> new Answer.Declined(linkId));
        }
    }

    /** @param help whether the crisis text is to be shown now */
    public record SavedView(Instant savedAt, boolean help) {}

    /** @param help whether the crisis text is to be shown once more */
    public record SentView(String state, Instant sentAt, boolean help) {}

    /** One question, and what it may be answered with. */
    public record ItemView(String linkId, String text, List<ChoiceView> choices) {

        static ItemView of(Instrument.Item item, String language) {
            return new ItemView(item.linkId(), item.text().getOrDefault(language, ""),
                    item.choices()
                            .stream()
                            .map(choice -> new ChoiceView(choice.code().code(),
                                    choice.text().getOrDefault(language, "")))
                            .toList());
        }
    }

    /** One possible answer. */
    public record ChoiceView(String code, String text) {}

    /** Who receives what, made from the register; {@code fields} are keys of the message bundles. */
    public record RecipientView(String name, String address, String country, List<String> fields) {

        public static RecipientView of(Recipient recipient) {
            return new RecipientView(recipient.name(), recipient.address(), recipient.country(),
                    recipient.fieldKeys());
        }
    }

    /** Why, what, how long and on what ground, made from the register; all are keys of the message bundles. */
    public record ActivityView(String purpose, String data, String retention, String basis) {

        public static ActivityView of(Activity activity) {
            return new ActivityView(activity.purpose(), activity.data(), activity.retention(), activity.legalBasis());
        }
    }

    /**
     * @param stem what stands before each question; blank for nothing
     * @param answers code or {@code declined}, by link id
     */
    public record QuestionnaireView(String clinic, String instrument, String title, String language, String state,
            String stem, List<ItemView> items, Map<String, String> answers, List<RecipientView> recipients,
            ActivityView activity, String crisisLine,
            String emergencyNumber, String notice,
            Optional<Instant> savedAt, Optional<Instant> sentAt, boolean help) {}

    @POST
    @Path("/exchange")
    @AllowedTo(Role.ANYONE)
    public Response exchange(Exchange wanted, @HeaderParam("Cookie") @Nullable String cookies) {
        var held = links.exchange(wanted.code(), cookies == null ? "" : cookies);
        return Response.ok(new HeldView(held.linkId())).header("Set-Cookie", held.cookie()).build();
    }

    @GET
    public QuestionnaireView show() {
        var one = assessments.held();
        var instrument = one.instrument();
        var set = settings.get();
        return new QuestionnaireView(context.tenant().name(), instrument.id(), instrument.title(), one.language(),
                one.state().name(),
                instrument.stem().getOrDefault(one.language(), ""),
                instrument.items().stream().map(item -> ItemView.of(item, one.language())).toList(),
                answers(one), plugin.recipients(set).stream().map(RecipientView::of).toList(),
                ActivityView.of(plugin.activity()),
                set.crisisLine(), set.emergencyNumber(),
                instrument.notice(), one.savedAt(), one.completedAt(), assessments.heldNeedsHelp());
    }

    private static Map<String, String> answers(Assessment one) {
        var answers = new LinkedHashMap<String, String>();
        one.answers()
                .forEach(answer -> answers.put(answer.linkId(),
                        answer instanceof Answer.Chosen chosen ? chosen.code() : DECLINED));
        return answers;
    }

    @PUT
    @Path("/answers/{linkId}")
    public SavedView save(@PathParam("linkId") String linkId, SaveAnswer wanted) {
        var saved = assessments.save(wanted.to(linkId));
        return new SavedView(saved.at(), saved.help());
    }

    @POST
    @Path("/send")
    public SentView send() {
        var sent = assessments.send();
        return new SentView(sent.state().name(), sent.completedAt().orElseThrow(), assessments.heldNeedsHelp());
    }
}
