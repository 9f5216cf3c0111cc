// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.leave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sluse.host.audit.AuditEntries;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.disclosure.Ledger;
import org.sluse.host.disclosure.LedgerExport;
import org.sluse.host.fhir.audit.AuditExport;
import org.sluse.host.written.LogId;
import org.sluse.host.log.Logs;
import org.sluse.host.paper.PaperViews;
import org.sluse.host.paper.Papers;
import org.sluse.host.people.People;
import org.sluse.host.plugin.PluginRegistry;
import org.sluse.host.register.Register;
import org.sluse.host.remains.Remains;
import org.sluse.host.settings.SettingsFields;
import org.sluse.host.subject.SubjectAnswers;
import org.sluse.host.subject.Subjects;
import org.sluse.host.tenant.Binding;
import org.sluse.host.text.Language;

/** The whole of the bound clinic, in forms that outlive us: JSON, FHIR, CSV, plain text. No secret and no key is in it. Thread-safe; blocks for as long as there is something to read. */
@OnePerNode
public final class ClinicExport {

    private final Subjects subjects;
    private final SubjectAnswers answers;
    private final AuditExport audit;
    private final LedgerExport ledger;
    private final Logs logs;
    private final Register register;
    private final Papers papers;
    private final People people;
    private final PluginRegistry plugins;
    private final SettingsFields settings;
    private final Remains remains;
    private final Binding binding;
    private final ObjectMapper json;
    private final Clock clock;

    /**
     * The last file of an export.
     *
     * @param persons how many have files in it
     * @param unfound how many rows name somebody whom no module finds any more
     * @param files how many files there are, without the hashes and this one
     * @param sums SHA-256 of the file of the hashes, hexadecimal
     */
    record Manifest(int format, String tenant, String clinic, String location, Instant at, int persons, int unfound,
            int people, int files, String sums) {}

    @Inject
    ClinicExport(Subjects subjects, SubjectAnswers answers, AuditExport audit, LedgerExport ledger, Logs logs,
            Register register, Papers papers, People people, PluginRegistry plugins, SettingsFields settings,
            Remains remains, Binding binding, ObjectMapper json, Clock clock) {
        this.subjects = subjects;
        this.answers = answers;
        this.audit = audit;
        this.ledger = ledger;
        this.logs = logs;
        this.register = register;
        this.papers = papers;
        this.people = people;
        this.plugins = plugins;
        this.settings = settings;
        this.remains = remains;
        this.binding = binding;
        this.json = json;
        this.clock = clock;
    }

    /** Writes it as a zip. Cut off in the middle it has no manifest, which is its last file. */
    public void write(OutputStream target, Language language) throws IOException {
        try (var archive = new Archive(target)) {
            var begun = clock.instant();
            var persons = new AtomicInteger();
            var unfound = subjects.every(language, (module, id, export) -> {
                var name = "persons/" + module + "/" + Archive.part(id);
                archive.add(name + ".json", written(export));
                archive.add(name + ".fhir.json", answers.bundle(export));
                archive.add(name + ".txt", answers.text(export, language));
                persons.incrementAndGet();
            });
            for (var gone : remains.all()) {
                archive.add("remains/" + gone.plugin() + ".zip", out -> remains.export(gone.plugin(), out));
            }
            var staff = people.all();
            archive.add("people.json", written(staff));
            archive.add("papers.json", written(PaperViews.of(papers.overview())));
            archive.add("register.json", written(register.proof()));
            for (var one : plugins.all()) {
                archive.add("settings/" + one.id() + ".json", written(settings.of(one.plugin(), language)));
            }
            // Last, so that they say of everything above that it was read.
            logs(archive);
            var tenant = binding.tenant();
            archive.end(sums -> written(new Manifest(1, tenant.id().value(), tenant.name(), tenant.location(), begun,
                    persons.get(), unfound, staff.size(), archive.files(), sums)));
        }
    }

    private void logs(Archive archive) throws IOException {
        var tenant = binding.tenant().id();
        // For a node whose clock is a little behind that of the one that wrote.
        var end = clock.instant().plusSeconds(60);
        archive.add("ledger.csv", ledger.csv(tenant,
                new Ledger.Search(Instant.EPOCH, end, Optional.empty(), Optional.empty(), Optional.empty()),
                Ledger.Place.before(end))::write);
        var all = AuditEntries.Search.between(Instant.EPOCH, end);
        archive.add("audit.csv", audit.csv(all, AuditEntries.Place.before(end))::write);
        archive.add("audit.fhir.ndjson", audit.ndjson(all, AuditEntries.Place.before(end))::write);
        archive.add("audit-proof.jsonl", logs.proof(LogId.of(tenant))::write);
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of the host's cannot be written as JSON", impossible);
        }
    }
}
