// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.ValueSet;

/** Value sets that many forms name and few contain: what the file beside this class says. */
final class KnownValueSets {

    private static final List<ValueSet> ALL = read();

    private KnownValueSets() {}

    private static List<ValueSet> read() {
        try (var file = KnownValueSets.class.getResourceAsStream("value-sets.json")) {
            return new FormReader(FhirContext.forR4Cached())
                    .read(Bundle.class,
                            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8))
                    .getEntry()
                    .stream()
                    .map(BundleEntryComponent::getResource)
                    .map(ValueSet.class::cast)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The form with those that it names and does not contain; left as it is. */
    static Questionnaire completed(Questionnaire form) {
        var named = all(form.getItem()).filter(QuestionnaireItemComponent::hasAnswerValueSet)
                .map(QuestionnaireItemComponent::getAnswerValueSet)
                .filter(address -> Weights.contained(form, address).isEmpty())
                .toList();
        var missing = ALL.stream().filter(set -> named.contains(set.getUrl())).toList();
        if (missing.isEmpty()) {
            return form;
        }
        var whole = form.copy();
        missing.forEach(set -> whole.addContained(set.copy()));
        return whole;
    }

    static List<String> addresses() {
        return ALL.stream().map(ValueSet::getUrl).toList();
    }

    private static Stream<QuestionnaireItemComponent> all(List<QuestionnaireItemComponent> items) {
        return items.stream().flatMap(item -> Stream.concat(Stream.of(item), all(item.getItem())));
    }
}
