// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapModelMode;

/** What StructureMaps make of the whole response (SDC 4.0, "StructureMap-based extraction"): a resource, or a Bundle whose entries are taken one by one. A map that fails costs what it would have made. */
final class MapExtraction {

    private static final String ROOT = "QuestionnaireResponse";

    private final StructureMaps maps;
    private final FilledForm form;

    MapExtraction(StructureMaps maps, FilledForm form) {
        this.maps = maps;
        this.form = form;
    }

    void extract() {
        form.questionnaire()
                .getExtensionsByUrl(Sdc.TARGET_MAP)
                .forEach(extension -> extract(String.valueOf(extension.getValue().primitiveValue())));
    }

    private void extract(String canonical) {
        var place = ROOT + " map " + canonical;
        try {
            var map = maps.map(canonical);
            var source = maps.type(map, StructureMapModelMode.SOURCE);
            if (!source.equals(ROOT)) {
                throw new IllegalArgumentException("The StructureMap '" + canonical + "' takes a " + source
                        + "; right would be a QuestionnaireResponse");
            }
            var made = maps.transformed(map, form.response(), number -> uuid(place + " " + number));
            var entries = made instanceof Bundle bundle
                    ? bundle.getEntry()
                    : List.of(new BundleEntryComponent().setResource(made));
            for (var number = 0; number < entries.size(); number++) {
                if (entries.get(number).hasResource()) {
                    form.entries().add(entries.get(number), form.entries().urn(place + " entry " + number));
                }
            }
        } catch (IllegalArgumentException wrong) {
            form.issues().error(ROOT, String.valueOf(wrong.getMessage()));
        }
    }

    private String uuid(String place) {
        return UUID.fromString(form.entries().urn(place).substring("urn:uuid:".length())).toString();
    }
}
