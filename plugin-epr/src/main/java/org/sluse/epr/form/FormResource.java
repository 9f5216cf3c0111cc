// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.epr.EprPlugin;
import org.sluse.epr.EprSettings;
import org.sluse.epr.assessment.QuestionnaireResource.ActivityView;
import org.sluse.epr.assessment.QuestionnaireResource.RecipientView;
import org.sluse.epr.sdc.Finding;
import org.sluse.epr.sdc.Given;
import org.sluse.plugin.OfPlugin;
import org.sluse.settings.Settings;
import org.sluse.tenant.TenantContext;

/** {@code /api/{tenant}/epr/form}: what the holder of a link answers. The code of the link is exchanged at {@code questionnaire/exchange}. */
@Path("/{tenant}/epr/form")
@OfPlugin("epr")
@RequestScoped
@AllowedTo(Role.LINK_HOLDER)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FormResource {

    @Inject
    FormAssessments assessments;
    @Inject
    TenantContext context;
    @Inject
    EprPlugin plugin;
    @Inject
    Settings<EprSettings> settings;

    /** @param kept the place of an answer that stays as it is */
    public record GivenAnswer(Optional<String> option, Optional<String> text, Optional<String> unit,
            Optional<String> name, Optional<String> type, Optional<Integer> kept) {

        Given given() {
            return new Given(absent(option), absent(text), absent(unit), absent(name), absent(type), absent(kept));
        }

        /** Absent members of JSON are null here. */
        private static <T> Optional<T> absent(@Nullable Optional<T> value) {
            return value == null ? Optional.empty() : value;
        }
    }

    /** @param answers by key; an empty list takes an answer back @param add, @param remove key of a group that repeats */
    public record SaveAnswers(int version, Map<String, List<GivenAnswer>> answers, Optional<String> add,
            Optional<String> remove) {

        FormAssessments.Entered entered() {
            return new FormAssessments.Entered(version,
                    given(answers).entrySet()
                            .stream()
                            .collect(Collectors.toMap(Map.Entry::getKey,
                                    one -> one.getValue().stream().map(GivenAnswer::given).toList())),
                    GivenAnswer.absent(add), GivenAnswer.absent(remove));
        }

        private static Map<String, List<GivenAnswer>> given(@Nullable Map<String, List<GivenAnswer>> answers) {
            return answers == null ? Map.of() : answers;
        }
    }

    /** @param version of the answers that are sent */
    public record SendAnswers(int version) {}

    /** Where a form is, and what is to be put right in it; {@code refused} is what of the last answers was not taken. */
    public record SavedView(int version, Optional<Instant> savedAt, int answered, int asked, List<FormPage> pages,
            List<Finding> findings, List<Finding> refused) {

        static SavedView of(FormAssessments.Held held) {
            var one = held.assessment();
            return new SavedView(one.version(), one.savedAt(), one.answered(), one.asked(),
                    FormPage.of(held.open().items(one.language())), held.open().findings(one.language()),
                    held.refused());
        }
    }

    /** A form with what stands around its questions; {@code notice} is its copyright line, blank where it has none. */
    public record FormView(String clinic, String title, String language, String state, SavedView form,
            List<RecipientView> recipients, ActivityView activity, String crisisLine, String emergencyNumber,
            String notice, Optional<Instant> sentAt) {}

    /** That the answers were sent. */
    public record SentView(String state, Instant sentAt) {}

    @GET
    public FormView show() {
        var held = assessments.held();
        var one = held.assessment();
        var set = settings.get();
        return new FormView(context.tenant().name(), held.open().title(one.language()), one.language(),
                one.state().name(), SavedView.of(held),
                plugin.recipients(set).stream().map(RecipientView::of).toList(), ActivityView.of(plugin.activity()),
                set.crisisLine(), set.emergencyNumber(), held.open().notice(), one.completedAt());
    }

    @PUT
    public SavedView save(SaveAnswers wanted) {
        return SavedView.of(assessments.save(wanted.entered()));
    }

    @POST
    @Path("/send")
    public SentView send(SendAnswers wanted) {
        var sent = assessments.send(wanted.version());
        return new SentView(sent.state().name(), sent.completedAt().orElseThrow());
    }
}
