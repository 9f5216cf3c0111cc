// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.disclosure;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.DisclosureRefusedException;
import org.sluse.disclosure.DisclosureRefusedException.Reason;
import org.sluse.disclosure.FhirJson;
import org.sluse.disclosure.Recipient;
import org.sluse.host.config.OnePerNode;

/** Whether each element of what goes out as FHIR is covered by a category that its component carries. Thread-safe. */
@OnePerNode
final class ElementGrants {

    private final ObjectReader strict;

    @Inject
    ElementGrants(ObjectMapper json) {
        this.strict = json.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /** @throws DisclosureRefusedException naming the elements that are not */
    void check(Recipient recipient, Record payload) {
        var values = OutboundRecords.values(payload);
        for (var component : payload.getClass().getRecordComponents()) {
            if (values.get(component.getName()) instanceof FhirJson fhir) {
                check(recipient, component.getAnnotation(Carries.class), fhir);
            }
        }
    }

    private void check(Recipient recipient, @Nullable Carries carries, FhirJson fhir) {
        var covered = carries == null
                ? Set.<String>of()
                : Arrays.stream(carries.value())
                        .flatMap(category -> recipient.elements().getOrDefault(category, Set.of()).stream())
                        .collect(Collectors.toSet());
        try {
            var resource = strict.readTree(fhir.json());
            var beyond = new TreeSet<>(ElementPaths.of(resource));
            beyond.removeIf(path -> covered.contains(path) || BundleEnvelope.PATHS.contains(path));
            BundleEnvelope.suspicious(resource).ifPresent(beyond::add);
            var types = covered.stream().map(path -> path.split("\\.")[0]).collect(Collectors.toSet());
            ElementPaths.types(resource)
                    .stream()
                    .filter(type -> !type.equals("Bundle") && !types.contains(type))
                    .forEach(type -> beyond.add("resourceType"));
            if (!beyond.isEmpty()) {
                throw new DisclosureRefusedException(Reason.CATEGORY_NOT_GRANTED,
                        "Elements " + beyond + " are not granted to '" + recipient.id() + "'");
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("A FhirJson component is not JSON", notJson);
        }
    }
}
