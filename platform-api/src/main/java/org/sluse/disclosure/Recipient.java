// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Someone outside the clinic who receives data (GDPR Art. 4(9)). A row of the register. Text components that end in {@code Key} are
 * keys of the plugin's message bundles.
 *
 * @param id stable within the plugin, for example {@code epr}; {@link Outbound#to()} names it
 * @param name the legal name, for example {@code Extensor AS}
 * @param address the postal address, on one line
 * @param country where the data goes, ISO 3166-1 alpha-2, for example {@code NO}
 * @param serviceKey what the recipient does for the clinic
 * @param legalBasisKey on what ground it receives data
 * @param categories everything it may receive; the gate refuses any other
 * @param endpoints base addresses that may be called; a call must be at or below one of them. {@code tls://host:port} for {@link DisclosureSockets}
 * @param elements for FHIR: which element paths each category covers, as in {@code Observation.valueQuantity.value}; without array
 *            indexes; empty when no FHIR is sent
 * @param fieldKeys what it receives, in words, for the passage in the console
 * @param seesByItselfKeys what it learns by itself from a browser that talks to it; empty when no browser does
 */
public record Recipient(String id, String name, String address, String country, String serviceKey, String legalBasisKey,
        Set<DataCategory> categories, List<URI> endpoints, Map<DataCategory, Set<String>> elements,
        List<String> fieldKeys,
        List<String> seesByItselfKeys) {

    public Recipient {
        categories = Set.copyOf(categories);
        endpoints = List.copyOf(endpoints);
        elements = Map.copyOf(elements);
        fieldKeys = List.copyOf(fieldKeys);
        seesByItselfKeys = List.copyOf(seesByItselfKeys);
        if (!categories.containsAll(elements.keySet())) {
            throw new IllegalArgumentException(
                    "Recipient '" + id
                            + "' lists elements of a category that it may not receive; right would be to declare it");
        }
    }
}
