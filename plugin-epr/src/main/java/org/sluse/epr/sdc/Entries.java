// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.sluse.epr.fhir.IdentifierQuery;
import org.sluse.epr.fhir.NamedIds;

/**
 * The transaction that is being put together. An entry is a PUT when its resource has an id and a POST when it has none; ids that nobody has given are of the response's identity and the
 * place in it, so that the same response makes the same ones. Nothing is created twice where the resource says who it is: {@code ifNoneExist} asks for its identifier unless the form
 * asks for something else (SDC 4.0, templateExtract; FHIR R4 http, "conditional create").
 */
final class Entries {

    private final Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    private final UUID response;

    Entries(FhirContext fhir, QuestionnaireResponse response) {
        this.response = UUID.nameUUIDFromBytes(identity(fhir, response).getBytes(StandardCharsets.UTF_8));
    }

    /** What stays the same when a response is amended; all of what it says, when nobody has named it. */
    private static String identity(FhirContext fhir, QuestionnaireResponse response) {
        if (response.getIdentifier().hasValue()) {
            return response.getIdentifier().getSystem() + "|" + response.getIdentifier().getValue();
        }
        return response.hasId()
                ? "QuestionnaireResponse/" + response.getIdElement().getIdPart()
                : fhir.newJsonParser().encodeResourceToString(response);
    }

    Bundle bundle() {
        return bundle;
    }

    /** @param place of what it is the id, unique in the response. @return {@code urn:uuid:} and an UUID of version 5 */
    String urn(String place) {
        return NamedIds.urn(response, place);
    }

    /** With the names that an item gives to resources which are made at it and below, each a {@code urn:uuid:} (SDC 4.0, extractAllocateId). */
    FormPaths.Scope allocated(List<Extension> extensions, String path, FormPaths.Scope scope) {
        var with = scope;
        for (var extension : extensions) {
            if (extension.getUrl().equals(Sdc.ALLOCATE_ID) && extension.hasValue()) {
                var name = extension.getValue().primitiveValue();
                with = with.with(name, List.of(new StringType(urn(path + " " + name))));
            }
        }
        return with;
    }

    /**
     * Adds a resource.
     *
     * @param details the extension that says what the entry is to have, if any
     * @param urn of the entry, unless that says another
     */
    void add(Resource resource, @Nullable Extension details, String urn, FormPaths paths, FormPaths.Scope scope) {
        var entry = new BundleEntryComponent().setResource(resource);
        var request = entry.getRequest();
        text(details, "resourceId", paths, scope).ifPresent(resource::setId);
        entry.setFullUrl(text(details, "fullUrl", paths, scope).orElse(urn));
        if (!resource.hasId()) {
            text(details, "ifNoneExist", paths, scope).ifPresent(request::setIfNoneExist);
        }
        complete(resource, request);
        conditions(details, request, paths, scope);
        bundle.addEntry(entry);
    }

    /** Adds an entry as a StructureMap makes it, with what it leaves open. */
    void add(BundleEntryComponent entry, String urn) {
        complete(bundle, entry, urn);
        bundle.addEntry(entry);
    }

    /** A bundle that the form makes of itself, with what its entries leave open. @param place of it, unique in the response */
    Bundle whole(Bundle made, String place) {
        var whole = made.copy();
        whole.getEntry().clear();
        for (var entry : made.getEntry()) {
            complete(whole, entry, urn(place + " entry " + whole.getEntry().size()));
            whole.addEntry(entry);
        }
        return whole;
    }

    /** An address of its own (FHIR R4, Bundle, bdl-7: a template that is used twice has the same twice), and in a transaction what is to be done (bdl-3). */
    private static void complete(Bundle bundle, BundleEntryComponent entry, String urn) {
        if (!entry.hasFullUrl()
                || bundle.getEntry().stream().anyMatch(other -> other.getFullUrl().equals(entry.getFullUrl()))) {
            entry.setFullUrl(urn);
        }
        if (bundle.getType() == BundleType.TRANSACTION || bundle.getType() == BundleType.BATCH) {
            complete(entry.getResource(), entry.getRequest());
        }
    }

    private static void complete(Resource resource, BundleEntryRequestComponent request) {
        var id = resource.getIdElement().getIdPart();
        if (!request.hasMethod()) {
            request.setMethod(id == null ? HTTPVerb.POST : HTTPVerb.PUT);
            if (id == null && !request.hasIfNoneExist()) {
                identifier(resource).ifPresent(request::setIfNoneExist);
            }
        }
        if (!request.hasUrl()) {
            request.setUrl(request.getMethod() == HTTPVerb.POST || id == null
                    ? resource.fhirType()
                    : resource.fhirType() + "/" + id);
        }
    }

    private static void conditions(@Nullable Extension details, BundleEntryRequestComponent request, FormPaths paths,
            FormPaths.Scope scope) {
        text(details, "ifNoneMatch", paths, scope).ifPresent(request::setIfNoneMatch);
        text(details, "ifMatch", paths, scope).ifPresent(request::setIfMatch);
        text(details, "ifModifiedSince", paths, scope)
                .ifPresent(since -> request.setIfModifiedSinceElement(new InstantType(since)));
    }

    private static Optional<String> text(@Nullable Extension details, String name, FormPaths paths,
            FormPaths.Scope scope) {
        return Optional.ofNullable(details)
                .map(all -> all.getExtensionByUrl(name))
                .filter(Extension::hasValue)
                .flatMap(one -> paths.text(one.getValue().primitiveValue(), scope));
    }

    private static Optional<String> identifier(Resource resource) {
        if (!(resource instanceof DomainResource)) {
            return Optional.empty();
        }
        return resource.children()
                .stream()
                .filter(child -> child.getName().equals("identifier"))
                .flatMap(child -> child.getValues().stream())
                .map((Base one) -> (Identifier) one)
                .filter(one -> one.hasSystem() && one.hasValue())
                .findFirst()
                .map(IdentifierQuery::of);
    }
}
