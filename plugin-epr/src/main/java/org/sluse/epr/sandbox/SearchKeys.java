// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.sluse.epr.sandbox.SandboxStore.Key;

/** What a resource of the sandbox is found by (FHIR R4, search.html 3.1.1: token and reference parameters). */
final class SearchKeys {

    private SearchKeys() {}

    /** Those of a resource as it is stored. */
    static List<Key> of(Resource resource) {
        var keys = new ArrayList<Key>();
        resource.getMeta().getTag().forEach(tag -> token(keys, "_tag", tag));
        switch (resource) {
            case Patient patient -> patient.getIdentifier().forEach(one -> token(keys, one));
            case QuestionnaireResponse response -> {
                token(keys, response.getIdentifier());
                reference(keys, "subject", response.getSubject());
                reference(keys, "patient", response.getSubject());
            }
            case Observation observation -> {
                observation.getIdentifier().forEach(one -> token(keys, one));
                observation.getCode().getCoding().forEach(code -> token(keys, "code", code));
                reference(keys, "subject", observation.getSubject());
                reference(keys, "patient", observation.getSubject());
                observation.getDerivedFrom().forEach(source -> reference(keys, "derived-from", source));
            }
            case Provenance provenance -> provenance.getTarget().forEach(target -> reference(keys, "target", target));
            default -> throw new IllegalStateException(resource.fhirType() + " is not stored here");
        }
        return keys;
    }

    private static void token(List<Key> keys, Identifier identifier) {
        if (identifier.hasValue()) {
            keys.add(new Key("identifier", identifier.getValue()));
            keys.add(new Key("identifier",
                    Optional.ofNullable(identifier.getSystem()).orElse("") + "|" + identifier.getValue()));
        }
    }

    private static void token(List<Key> keys, String parameter, Coding coding) {
        keys.add(new Key(parameter, Optional.ofNullable(coding.getCode()).orElse("")));
        keys.add(new Key(parameter, coding.getSystem() + "|" + coding.getCode()));
    }

    private static void reference(List<Key> keys, String parameter, Reference reference) {
        var target = reference.getReferenceElement();
        if (target.hasIdPart()) {
            keys.add(new Key(parameter, target.getIdPart()));
            keys.add(new Key(parameter, target.getResourceType() + "/" + target.getIdPart()));
        }
    }

    /** Search parameters as they stand in a conditional request: {@code identifier=system|value&...}. */
    static List<Key> parse(String query) {
        var keys = new ArrayList<Key>();
        for (var part : query.split("&")) {
            var equals = part.indexOf('=');
            if (equals > 0) {
                keys.add(new Key(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1))));
            }
        }
        return keys;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
