// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.subject;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.audit.AuditEntry;
import org.sluse.data.KeptTable;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.data.DataPorts;
import org.sluse.host.data.TenantDatabases;
import org.sluse.host.disclosure.Ledger;
import org.sluse.host.plugin.PluginRegistry.Installed;
import org.sluse.host.remains.Remains;
import org.sluse.host.subject.SubjectPlugins.Asked;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;
import org.sluse.problem.FieldError;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;
import org.sluse.subject.SubjectErasure;
import org.sluse.subject.SubjectExport;

/**
 * Everything that the bound tenant keeps about one person, and its erasure (GDPR Art. 15, 17 and 20). Asks each plugin that has tables there, on or off, and names those whose jar is gone.
 * Thread-safe; blocks.
 */
@OnePerNode
public final class Subjects {

    private static final int LONGEST_ID = 100;

    private final SubjectPlugins plugins;
    private final DataPorts data;
    private final Ledger ledger;
    private final Remains remains;
    private final Binding binding;
    private final Texts texts;
    private final Clock clock;
    private final ObjectMapper json;

    /**
     * Everything about a person.
     *
     * @param modules those that keep something
     * @param accesses who did what with it, the newest first
     * @param disclosures what left the clinic about the person, the newest first
     * @param notSearched what nobody can search for a person
     */
    public record Export(String clinic, Instant at, List<ModuleExport> modules, List<Access> accesses,
            List<Ledger.Row> disclosures, List<NotSearched> notSearched) {}

    /** @param fhir the same as FHIR R4 resources, as far as the module has them */
    public record ModuleExport(String module, String name, List<PartView> parts, List<JsonNode> fhir) {}

    /** @param purpose what the rows are for, in words @param rows by the names of their columns */
    public record PartView(String table, String purpose, List<Map<String, String>> rows) {}

    /** An entry of the audit trail about the person. @param actor id of whoever acted */
    public record Access(Instant at, String actorKind, String actor, String module, String action, String objectType) {}

    /** A module whose jar is gone. @param rows in all its tables */
    public record NotSearched(String module, long rows, String why) {}

    /**
     * @param dryRun whether nothing was changed
     * @param modules those that kept something
     * @param kept what the host itself keeps
     * @param asked what waits for a second person now; absent when nothing does
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Erasure(String clinic, Instant at, boolean dryRun, List<ModuleErasure> modules, List<KeptView> kept,
            List<NotSearched> notSearched, Optional<RequestView> asked) {

        Erasure askedFor(RequestView request) {
            return new Erasure(clinic, at, dryRun, modules, kept, notSearched, Optional.of(request));
        }
    }

    /**
     * Somebody wants a person to be erased.
     *
     * @param person whom, for administrators of the clinic; absent for the operator, who has to know it from them
     * @param askedBy a name
     * @param byYou whether it is the one who reads this, and therefore not the one who can confirm it
     * @param expiresAt when nobody can confirm it any more
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record RequestView(UUID id, Optional<String> person, String askedBy, boolean byYou, Instant askedAt,
            Instant expiresAt) {}

    /** @param erased how many rows of which table */
    public record ModuleErasure(String module, String name, Map<String, Integer> erased, List<KeptView> kept) {}

    /** Something that stays, and why. */
    public record KeptView(int objects, String what, String why) {}

    /** What a plugin has answered. */
    record Found<T>(Installed plugin, T what) {}

    @Inject
    Subjects(SubjectPlugins plugins, DataPorts data, Ledger ledger, Remains remains, Binding binding, Texts texts,
            Clock clock, ObjectMapper json) {
        this.plugins = plugins;
        this.data = data;
        this.ledger = ledger;
        this.remains = remains;
        this.binding = binding;
        this.texts = texts;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Everything that is kept under the id. Each plugin's reading is in the trail, about the person.
     *
     * @param id by which the clinic, or a module, knows the person
     * @throws ProblemException {@code problem/not-found} when no module keeps anything under it, {@code problem/not-allowed-value} when it is no id
     */
    public Export export(String id, Language language) {
        return whole(id, language).export();
    }

    /** What {@link #every} gives away. */
    public interface Everybody {

        /** @param module that knows the person by this id */
        void take(String module, String id, Export export) throws IOException;
    }

    /**
     * Everybody of whom a module keeps something at the bound tenant, one after the other. Whom a module knows under several ids comes once. Each reading is in the trail, about the person.
     *
     * @return how many rows name somebody whom no module finds any more
     */
    public int every(Language language, Everybody everybody) throws IOException {
        var unfound = 0;
        for (var asked : plugins.atTenant().toList()) {
            var module = asked.plugin().id();
            var left = new LinkedHashSet<>(data.persons(module, asked.plugin().dataMap()));
            while (!left.isEmpty()) {
                var id = left.getFirst();
                left.remove(id);
                try {
                    var whole = whole(id, language);
                    left.removeAll(whole.ids());
                    everybody.take(module.value(), id, whole.export());
                } catch (ProblemException nobody) {
                    if (!nobody.problem().equals(Problem.NOT_FOUND)) {
                        throw nobody;
                    }
                    unfound++;
                }
            }
        }
        return unfound;
    }

    /** @param ids under which modules know the person */
    private record Whole(Export export, Set<String> ids) {}

    private Whole whole(String id, Language language) {
        var found = plugins.atTenant()
                .map(one -> new Found<>(one.plugin(), one.subjects().export(checked(id))))
                .filter(one -> !one.what().isNothing())
                .toList();
        var ids = somewhere(ids(found.stream().map(one -> one.what().ids())));
        return new Whole(new Export(binding.tenant().name(), clock.instant(),
                found.stream().map(one -> view(one.plugin(), one.what(), language)).toList(), accesses(ids),
                ledger.about(ids), notSearched(language)), ids);
    }

    /**
     * Erases what may be erased, in each plugin for itself, and says what stays and why. Begins when every plugin has said that it can. When one then fails all the same, what others have erased stays erased: asking again
     * goes on from there, and is done when nothing is left. Keys of who was erased are destroyed, and a restored backup erases them again.
     *
     * @param dryRun changes nothing
     * @throws ProblemException as for {@link #export} in a dry run; {@code problem/conflict} when it cannot be done at this moment
     */
    public Erasure erase(String id, boolean dryRun, Language language) {
        var found = erased(plugins.atTenant().toList(), checked(id), dryRun,
                one -> data.forget(one.plugin().id(), one.what().ids()));
        var ids = ids(found.stream().map(one -> one.what().ids()));
        return new Erasure(binding.tenant().name(), clock.instant(), dryRun,
                found.stream().map(one -> view(one.plugin(), one.what(), language)).toList(), kept(ids, language),
                notSearched(language), Optional.empty());
    }

    /**
     * All say first what would happen: whoever cannot at this moment throws before anybody has erased.
     *
     * @param forget destroys the keys of whom a plugin has erased, and of whom it keeps nothing any more
     * @return those that kept something; nobody after an erasure that was cut off when everything was erased
     */
    static List<Found<SubjectErasure>> erased(List<Asked> asked, String id, boolean dryRun,
            Consumer<Found<SubjectErasure>> forget) {
        var would = kept(asked.stream().map(one -> erased(one, id, true)));
        if (dryRun) {
            somewhere(ids(would.stream().map(one -> one.what().ids())));
            return would;
        }
        return kept(asked.stream().map(one -> {
            var done = erased(one, id, false);
            // Before the next one erases, which may fail; and where nothing was found too, since an erasure may have been cut off just here.
            forget.accept(done);
            return done;
        }));
    }

    private static Found<SubjectErasure> erased(Asked asked, String id, boolean dryRun) {
        return new Found<>(asked.plugin(), asked.subjects().erase(id, dryRun));
    }

    private static List<Found<SubjectErasure>> kept(Stream<Found<SubjectErasure>> answers) {
        return answers.filter(one -> !one.what().isNothing()).toList();
    }

    private static String checked(String id) {
        var plain = id.strip();
        if (plain.isEmpty() || plain.length() > LONGEST_ID) {
            throw ProblemException.notAllowed("/id", "id", "An id by which a person is found has 1 to " + LONGEST_ID
                    + " characters; right would be the clinic's number, or an id that a module shows");
        }
        return plain;
    }

    private static Set<String> ids(Stream<Set<String>> found) {
        return found.flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static Set<String> somewhere(Set<String> ids) {
        if (ids.isEmpty()) {
            var nowhere = "No module keeps anything under this id; right would be the clinic's number in full, or an id that a module shows";
            throw new ProblemException(Problem.NOT_FOUND, nowhere,
                    List.of(new FieldError("/id", "kept-nowhere", nowhere)));
        }
        return ids;
    }

    private ModuleExport view(Installed plugin, SubjectExport export, Language language) {
        return new ModuleExport(plugin.id().value(), text(plugin, "module.name", language), export.parts()
                .stream()
                .map(part -> new PartView(part.table(), plugin.dataMap()
                        .find(part.table())
                        .map(KeptTable::purposeKey)
                        .map(key -> text(plugin, key, language))
                        .orElse(part.table()), part.rows()))
                .toList(), export.fhir().stream().map(this::resource).toList());
    }

    private ModuleErasure view(Installed plugin, SubjectErasure erasure, Language language) {
        return new ModuleErasure(plugin.id().value(), text(plugin, "module.name", language), erasure.erased(),
                erasure.kept()
                        .stream()
                        .map(one -> new KeptView(one.objects(), text(plugin, one.whatKey(), language),
                                text(plugin, one.whyKey(), language)))
                        .toList());
    }

    private JsonNode resource(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A plugin gave a FHIR resource that is no JSON", broken);
        }
    }

    private List<Access> accesses(Set<String> ids) {
        return data.forPlugin(TenantDatabases.CORE)
                .inTransaction(AuditEntry.list("Audit"),
                        tx -> tx.handle()
                                .createQuery(
                                        """
                                                select at, actor_kind, actor_id, plugin, action, object_type from audit
                                                where patient = any(:ids) or object_id = any(:ids) order by at desc, id desc""")
                                .bindArray("ids", String.class, List.copyOf(ids))
                                .map((row, context) -> new Access(row.getTimestamp(1).toInstant(), row.getString(2),
                                        row.getString(3), row.getString(4), row.getString(5), row.getString(6)))
                                .list());
    }

    private List<KeptView> kept(Set<String> ids, Language language) {
        return List.of(kept(accesses(ids).size(), "subject.kept.audit", language),
                kept(ledger.about(ids).size(), "subject.kept.ledger", language))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<KeptView> kept(int objects, String key, Language language) {
        return objects == 0
                ? Optional.empty()
                : Optional.of(new KeptView(objects, texts.text(Texts.KIT, key, language),
                        texts.text(Texts.KIT, key + "-why", language)));
    }

    private List<NotSearched> notSearched(Language language) {
        return remains.all()
                .stream()
                .map(one -> new NotSearched(one.plugin().value(),
                        one.rows().values().stream().mapToLong(Long::longValue).sum(),
                        texts.text(Texts.KIT, "subject.not-searched-why", language)))
                .toList();
    }

    private String text(Installed plugin, String key, Language language) {
        return texts.text(plugin.id().value(), key, language);
    }
}
