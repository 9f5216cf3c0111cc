// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;
import org.jspecify.annotations.Nullable;

/**
 * The names of R4's types, which is all that evaluating an expression asks for; with the definitions themselves, 60 MB, the first answer would come seconds later.
 */
final class Structures implements IValidationSupport {

    private static final String PREFIX = "http://hl7.org/fhir/StructureDefinition/";

    private final FhirContext context;
    private final Map<String, StructureDefinition> types = new TreeMap<>();

    Structures(FhirContext context) {
        this.context = context;
        context.getResourceTypes().forEach(name -> add(name, StructureDefinitionKind.RESOURCE));
        context.getElementDefinitions()
                .forEach(type -> add(type.getName(), Character.isLowerCase(type.getName().charAt(0))
                        ? StructureDefinitionKind.PRIMITIVETYPE
                        : StructureDefinitionKind.COMPLEXTYPE));
    }

    private void add(String name, StructureDefinitionKind kind) {
        types.put(PREFIX + name, new StructureDefinition().setUrl(PREFIX + name)
                .setName(name)
                .setType(name)
                .setKind(kind)
                .setDerivation(TypeDerivationRule.SPECIALIZATION));
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    @SuppressWarnings("unchecked") // The caller chooses a type that each of them has.
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
        return (List<T>) List.copyOf(types.values());
    }

    @Override
    public <T extends IBaseResource> List<T> fetchAllNonBaseStructureDefinitions() {
        return List.of();
    }

    @Override
    public @Nullable IBaseResource fetchStructureDefinition(String url) {
        return types.get(url);
    }
}
