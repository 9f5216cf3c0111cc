// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.sluse.epr.sandbox.SandboxStore.Key;

/** One type of resource of the sandbox over HTTP. Public, since HAPI calls its methods by reflection. */
public final class SandboxProvider implements IResourceProvider {

    private final SandboxRecord record;
    private final Class<? extends Resource> type;

    SandboxProvider(SandboxRecord record, Class<? extends Resource> type) {
        this.record = record;
        this.type = type;
    }

    @Override
    public Class<? extends Resource> getResourceType() {
        return type;
    }

    private String name() {
        return type.getSimpleName();
    }

    @Read(version = true)
    public Resource read(@IdParam IdType id) {
        return record.get(name(), id.getIdPart(), Optional.ofNullable(id.getVersionIdPart()));
    }

    @History
    public List<Resource> history(@IdParam IdType id) {
        return record.history(name(), id.getIdPart());
    }

    @Create
    public MethodOutcome create(@ResourceParam Resource resource, @ConditionalUrlParam @Nullable String condition) {
        return outcome(record.create(resource, Optional.ofNullable(condition)));
    }

    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam Resource resource) {
        return outcome(record.update(resource, id.getIdPart(), Optional.ofNullable(id.getVersionIdPart())));
    }

    @Search
    public List<Resource> search(@OptionalParam(name = "identifier") @Nullable TokenParam identifier,
            @OptionalParam(name = "_tag") @Nullable TokenParam tag,
            @OptionalParam(name = "code") @Nullable TokenParam code,
            @OptionalParam(name = "patient") @Nullable ReferenceParam patient,
            @OptionalParam(name = "subject") @Nullable ReferenceParam subject,
            @OptionalParam(name = "target") @Nullable ReferenceParam target) {
        var keys = new ArrayList<Key>();
        add(keys, "identifier", identifier);
        add(keys, "_tag", tag);
        add(keys, "code", code);
        add(keys, "patient", patient);
        add(keys, "subject", subject);
        add(keys, "target", target);
        return record.search(name(), keys);
    }

    private static void add(List<Key> keys, String parameter, @Nullable TokenParam token) {
        if (token != null) {
            keys.add(new Key(parameter,
                    token.getSystem() == null ? token.getValue() : token.getSystem() + "|" + token.getValue()));
        }
    }

    private static void add(List<Key> keys, String parameter, @Nullable ReferenceParam reference) {
        if (reference != null) {
            keys.add(new Key(parameter, reference.getIdPart()));
        }
    }

    private static MethodOutcome outcome(SandboxRecord.Written written) {
        return new MethodOutcome(written.resource().getIdElement(), written.created()).setResource(written.resource());
    }
}
