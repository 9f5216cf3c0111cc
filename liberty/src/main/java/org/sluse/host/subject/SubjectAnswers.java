// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sluse.actor.Role;
import org.sluse.host.backup.Backups;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.people.TwoPeople;
import org.sluse.host.subject.Subjects.Erasure;
import org.sluse.host.subject.Subjects.Export;
import org.sluse.host.subject.Subjects.RequestView;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.problem.ProblemException;

/** The answers to the administrator's questions and to the operator's, which are the same. Thread-safe. */
@OnePerNode
public final class SubjectAnswers {

    private final Subjects subjects;
    private final ErasureRequests requests;
    private final TwoPeople twoPeople;
    private final Backups backups;
    private final Binding binding;
    private final Texts texts;
    private final ObjectMapper json;

    /**
     * Whose data is wanted, in the body: an id of a person does not belong into an address.
     *
     * @param format {@code json}, {@code fhir} or {@code text}; absent: {@code json}
     * @param lang of the texts; absent: English
     */
    public record Wanted(String id, Optional<String> format, Optional<String> lang) {}

    /**
     * Who is to be erased.
     *
     * @param dryRun changes nothing
     * @param confirms what another one has asked for, about the same person; absent from whoever asks
     * @param lang of the texts; absent: English
     */
    public record Unwanted(String id, boolean dryRun, Optional<UUID> confirms, Optional<String> lang) {}

    /** What waits for a second person, the oldest first. */
    public record RequestsView(List<RequestView> requests) {}

    @Inject
    SubjectAnswers(Subjects subjects, ErasureRequests requests, TwoPeople twoPeople, Backups backups, Binding binding,
            Texts texts, ObjectMapper json) {
        this.subjects = subjects;
        this.requests = requests;
        this.twoPeople = twoPeople;
        this.backups = backups;
        this.binding = binding;
        this.texts = texts;
        this.json = json;
    }

    /** Everything about a person, as a file. */
    public Response export(Wanted wanted) {
        var language = language(wanted.lang());
        var format = wanted.format().orElse("json");
        return switch (format) {
            case "json" -> file(subjects.export(wanted.id(), language), MediaType.APPLICATION_JSON, "json");
            case "fhir" -> file(bundle(subjects.export(wanted.id(), language)), "application/fhir+json", "fhir.json");
            case "text" -> file(text(subjects.export(wanted.id(), language), language),
                    MediaType.TEXT_PLAIN + ";charset=UTF-8", "txt");
            default -> throw ProblemException.notAllowed("/format", "format",
                    "There is no format '" + format + "'; right would be json, fhir or text");
        };
    }

    /** What would be erased, and what stays: nobody erases a person alone. What was erased, for the second one; who confirms again what was cut off gets what was left, perhaps nothing. */
    public Erasure erase(Unwanted unwanted) {
        var language = language(unwanted.lang());
        if (unwanted.dryRun() || unwanted.confirms().isEmpty()) {
            var would = subjects.erase(unwanted.id(), true, language);
            return unwanted.dryRun() ? would : would.askedFor(view(requests.ask(unwanted.id())));
        }
        var request = requests.confirm(unwanted.confirms().get(), unwanted.id());
        try {
            var erased = subjects.erase(request.person(), false, language);
            requests.done(request);
            return erased;
        } finally {
            // Also where one module failed: another may have erased.
            backups.keysChanged(binding.tenant().id());
        }
    }

    /** What waits for a second person. */
    public RequestsView requests() {
        return new RequestsView(requests.pending().stream().map(this::view).toList());
    }

    /** Takes back what somebody has asked for. */
    public void withdraw(UUID request) {
        requests.withdraw(request);
    }

    private RequestView view(ErasureRequest request) {
        return new RequestView(request.id(),
                binding.actor().is(Role.OPERATOR) ? Optional.empty() : Optional.of(request.person()),
                twoPeople.name(request.askedBy()), twoPeople.isCaller(request.askedBy()), request.askedAt(),
                request.expiresAt());
    }

    /** An export as plain text, for people. */
    public String text(Export export, Language language) {
        return SubjectText.of(export, texts, language);
    }

    /** FHIR R4, Bundle of type {@code collection}: resources for keeping, to be processed by nobody. */
    public String bundle(Export export) {
        ObjectNode bundle = json.createObjectNode().put("resourceType", "Bundle").put("type", "collection");
        var entries = bundle.putArray("entry");
        export.modules()
                .forEach(module -> module.fhir().forEach(resource -> entries.addObject().set("resource", resource)));
        // An empty array is not allowed (json.html 2.6.2).
        if (entries.isEmpty()) {
            bundle.remove("entry");
        }
        return bundle.toString();
    }

    private static Response file(Object content, String type, String extension) {
        return Response.ok(content, type)
                .header("Content-Disposition", "attachment; filename=\"person." + extension + "\"")
                .build();
    }

    private static Language language(Optional<String> code) {
        return code.flatMap(Language::of).orElse(Language.EN);
    }
}
