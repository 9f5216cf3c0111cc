// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jdbi.v3.core.Handle;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.epr.EprSettings;
import org.sluse.epr.sandbox.SandboxStore.Key;
import org.sluse.epr.sandbox.SandboxStore.Stored;
import org.sluse.id.Ids;
import org.sluse.settings.Settings;

/** The sandbox EPR itself: what FHIR R4 says of create, update, search, history and transaction (http.html 3.2.0), on PostgreSQL. */
@Dependent
final class SandboxRecord {

    /** What it stores. */
    static final List<Class<? extends Resource>> TYPES = List.of(Patient.class, QuestionnaireResponse.class,
            Observation.class, Provenance.class);

    private static final Set<String> NAMES = Set.of("Patient", "QuestionnaireResponse", "Observation", "Provenance");

    /** Made once, for it takes seconds; strict, so it is not the one that others share. */
    private static final FhirContext CONTEXT = strict();

    private final R4Rules rules = new R4Rules(CONTEXT);
    private final TenantDatabase database;
    private final Settings<EprSettings> settings;
    private final Clock clock;
    private final Ids ids;

    @Inject
    SandboxRecord(TenantDatabase database, Settings<EprSettings> settings, Clock clock, Ids ids) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    private static FhirContext strict() {
        var context = FhirContext.forR4();
        context.setParserErrorHandler(new StrictErrorHandler());
        return context;
    }

    /** Strict: unknown elements and codes are refused while reading. */
    FhirContext context() {
        return CONTEXT;
    }

    /** @param resource as it stands in the record now @param created whether by this request */
    record Written(Resource resource, boolean created) {}

    Written create(Resource resource, Optional<String> ifNoneExist) {
        return writing(resource.fhirType(), handle -> create(handle, resource, ifNoneExist));
    }

    private Written create(Handle handle, Resource resource, Optional<String> ifNoneExist) {
        var existing = ifNoneExist.flatMap(query -> only(handle, resource.fhirType(), query));
        return existing.map(stored -> new Written(read(stored), false))
                .orElseGet(() -> new Written(write(handle, resource, ids.next().toString(), 1), true));
    }

    /** @param expected the version of {@code If-Match}, or empty */
    Written update(Resource resource, String id, Optional<String> expected) {
        return writing(resource.fhirType(), handle -> update(handle, resource, id, expected));
    }

    private Written update(Handle handle, Resource resource, String id, Optional<String> expected) {
        var present = SandboxStore.find(handle, resource.fhirType(), id).map(Stored::version).orElse(0);
        if (expected.isPresent() && !expected.get().equals(Integer.toString(present))) {
            throw new PreconditionFailedException(
                    "If-Match names version " + expected.get() + ", the present one is " + present);
        }
        return new Written(write(handle, resource, id, present + 1), present == 0);
    }

    Resource get(String type, String id, Optional<String> version) {
        return history(type, id).stream()
                .filter(one -> version.isEmpty() || one.getIdElement().getVersionIdPart().equals(version.get()))
                .findFirst()
                .orElseThrow(() -> notKnown(type, id));
    }

    /** All versions, the newest first; at least one. */
    List<Resource> history(String type, String id) {
        var versions = database.inTransaction(AuditEntry.read("Sandbox", type),
                tx -> SandboxStore.history(tx.handle(), type, id).stream().map(this::read).toList());
        if (versions.isEmpty()) {
            throw notKnown(type, id);
        }
        return versions;
    }

    private static ResourceNotFoundException notKnown(String type, String id) {
        return new ResourceNotFoundException(type + "/" + id + " is not known");
    }

    List<Resource> search(String type, List<Key> keys) {
        return database.inTransaction(AuditEntry.read("Sandbox", type),
                tx -> SandboxStore.search(tx.handle(), type, keys).stream().map(this::read).toList());
    }

    List<Stored> newest() {
        return database.inTransaction(AuditEntry.list("Sandbox"), tx -> SandboxStore.newest(tx.handle()));
    }

    /** All or nothing (FHIR R4, http.html 3.2.0.11.2). */
    Bundle transaction(Bundle bundle) {
        if (bundle.getType() != BundleType.TRANSACTION) {
            throw new InvalidRequestException("Bundle.type: only transactions are taken here");
        }
        var createsPatients = settings.get().sandboxCreatesPatients();
        return writing("Bundle", handle -> {
            var plan = new ArrayList<Planned>();
            Map<String, String> places = new HashMap<>();
            for (var entry : bundle.getEntry()) {
                var planned = plan(handle, entry);
                plan.add(planned);
                places.put(entry.getFullUrl(), entry.getResource().fhirType() + "/" + planned.id());
            }
            var answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
            plan.forEach(planned -> {
                if (planned.existing().isEmpty()) {
                    resolve(handle, planned.entry().getResource(), places, createsPatients);
                }
            });
            // Written in two steps, so that entries may point to each other in either direction.
            Set<String> written = new LinkedHashSet<>(places.values());
            plan.forEach(planned -> answer.addEntry(planned.existing()
                    .map(stored -> answered(read(stored), "200 OK"))
                    .orElseGet(() -> answered(
                            write(handle, planned.entry().getResource(), planned.id(), planned.version(), written),
                            planned.version() == 1 ? "201 Created" : "200 OK"))));
            return answer;
        });
    }

    private record Planned(BundleEntryComponent entry, String id, int version, Optional<Stored> existing) {}

    private Planned plan(Handle handle, BundleEntryComponent entry) {
        var request = entry.getRequest();
        if (!entry.hasResource() || !request.hasMethod() || !request.hasUrl()) {
            throw new InvalidRequestException("Bundle.entry: resource, request.method and request.url are required");
        }
        var type = entry.getResource().fhirType();
        requireKnown(type);
        if (request.getMethod() == HTTPVerb.POST && request.getUrl().equals(type)) {
            var existing = Optional.ofNullable(request.getIfNoneExist()).flatMap(query -> only(handle, type, query));
            return new Planned(entry, existing.map(Stored::id).orElseGet(() -> ids.next().toString()), 1, existing);
        }
        if (request.getMethod() == HTTPVerb.PUT && request.getUrl().startsWith(type + "/")) {
            var id = request.getUrl().substring(type.length() + 1);
            return new Planned(entry, id, SandboxStore.find(handle, type, id).map(Stored::version).orElse(0) + 1,
                    Optional.empty());
        }
        throw new InvalidRequestException(
                "Bundle.entry.request: only POST of the resource's type and PUT of its address are taken here");
    }

    private void resolve(Handle handle, Resource resource, Map<String, String> places, boolean createsPatients) {
        for (var info : CONTEXT.newTerser().getAllResourceReferences(resource)) {
            var reference = (Reference) info.getResourceReference();
            var text = Optional.ofNullable(reference.getReference()).orElse("");
            var query = text.indexOf('?');
            if (places.containsKey(text)) {
                reference.setReference(places.get(text));
            } else if (query > 0) {
                reference.setReference(
                        conditional(handle, text.substring(0, query), text.substring(query + 1), createsPatients));
            }
        }
    }

    private String conditional(Handle handle, String type, String query, boolean createsPatients) {
        requireKnown(type);
        return only(handle, type, query).map(stored -> type + "/" + stored.id()).orElseGet(() -> {
            var keys = SearchKeys.parse(query);
            if (!type.equals("Patient") || !createsPatients || keys.size() != 1
                    || !keys.getFirst().parameter().equals("identifier")) {
                throw new PreconditionFailedException("A conditional reference to " + type + " matches nothing");
            }
            var patient = new Patient();
            var token = keys.getFirst().value().split("\\|", 2);
            patient.addIdentifier(new Identifier().setSystem(token[0]).setValue(token[token.length - 1]));
            return "Patient/" + write(handle, patient, ids.next().toString(), 1).getIdElement().getIdPart();
        });
    }

    /** The one that the query finds. @throws PreconditionFailedException several are found */
    private static Optional<Stored> only(Handle handle, String type, String query) {
        var keys = SearchKeys.parse(query.substring(query.indexOf('?') + 1));
        if (keys.isEmpty()) {
            throw new InvalidRequestException("A condition has no search parameter");
        }
        var found = SandboxStore.search(handle, type, keys);
        if (found.size() > 1) {
            throw new PreconditionFailedException("A condition on " + type + " matches " + found.size() + " resources");
        }
        return found.stream().findFirst();
    }

    private Resource write(Handle handle, Resource resource, String id, int version) {
        return write(handle, resource, id, version, Set.of());
    }

    private Resource write(Handle handle, Resource resource, String id, int version, Set<String> besides) {
        requireKnown(resource.fhirType());
        rules.check(resource);
        requireTargets(handle, resource, besides);
        resource.setId(id);
        resource.getMeta().setVersionId(null).setLastUpdated(null);
        var stored = new Stored(resource.fhirType(), id, version, clock.instant(),
                parser().encodeResourceToString(resource));
        SandboxStore.add(handle, stored, SearchKeys.of(resource));
        return read(stored);
    }

    private void requireTargets(Handle handle, Resource resource, Set<String> besides) {
        for (var info : CONTEXT.newTerser().getAllResourceReferences(resource)) {
            var target = info.getResourceReference().getReferenceElement();
            var relative = target.getResourceType() + "/" + target.getIdPart();
            if (target.hasIdPart() && !besides.contains(relative)
                    && (!target.hasResourceType()
                            || SandboxStore.find(handle, target.getResourceType(), target.getIdPart()).isEmpty())) {
                throw new UnprocessableEntityException(resource.fhirType() + "." + info.getName()
                        + ": the reference points to nothing in this record");
            }
        }
    }

    private static BundleEntryComponent answered(Resource resource, String status) {
        var entry = new BundleEntryComponent();
        var version = resource.getIdElement().getVersionIdPart();
        entry.getResponse()
                .setStatus(status)
                .setLocation(resource.fhirType() + "/" + resource.getIdElement().getIdPart() + "/_history/" + version)
                .setEtag("W/\"" + version + "\"")
                .setLastModified(resource.getMeta().getLastUpdated());
        return entry;
    }

    private Resource read(Stored stored) {
        var resource = (Resource) parser().parseResource(stored.content());
        resource.setId(stored.type() + "/" + stored.id() + "/_history/" + stored.version());
        resource.getMeta().setVersionId(Integer.toString(stored.version())).setLastUpdated(Date.from(stored.at()));
        return resource;
    }

    private IParser parser() {
        return CONTEXT.newJsonParser();
    }

    private static void requireKnown(String type) {
        if (!NAMES.contains(type)) {
            throw new UnprocessableEntityException(type + ": this record stores " + NAMES.stream().sorted().toList());
        }
    }

    private <T> T writing(String type, Function<Handle, T> work) {
        return database.inTransaction(AuditEntry.of(AuditAction.CHANGE, "Sandbox", type), tx -> {
            SandboxStore.lock(tx.handle());
            return work.apply(tx.handle());
        });
    }
}
