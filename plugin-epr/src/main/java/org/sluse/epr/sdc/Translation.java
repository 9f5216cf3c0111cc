// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;

/** Texts of a form in the language that it is asked in (FHIR R4, extension "translation"). */
final class Translation {

    /** What people are asked in, and what forms call it. */
    private static final Map<String, String> ASKED = Map.of("nb", "nb", "no", "nb", "de", "de", "en", "en");

    private Translation() {}

    /** In this language where the form has it, else as it stands; blank when there is no text. */
    static String of(PrimitiveType<?> text, String language) {
        return text.getExtensionsByUrl(Sdc.TRANSLATION)
                .stream()
                .filter(one -> asked(part(one, "lang")).filter(language::equals).isPresent())
                .map(one -> part(one, "content"))
                .filter(content -> !content.isBlank())
                .findFirst()
                .orElseGet(() -> text.hasValue() ? text.getValueAsString() : "");
    }

    /** One of {@code nb}, {@code de} and {@code en}; empty for a language that nobody is asked in. */
    static Optional<String> asked(String language) {
        return Optional.ofNullable(ASKED.get(language.toLowerCase(Locale.ROOT).split("[-_]")[0]));
    }

    /** In which each question with a text has a translation. */
    static Set<String> whole(Questionnaire form) {
        var all = new LinkedHashSet<>(List.of("nb", "de", "en"));
        form.getItem().forEach(item -> keep(item, all));
        return all;
    }

    private static void keep(QuestionnaireItemComponent item, Set<String> languages) {
        if (item.hasText()) {
            languages.retainAll(of(item.getTextElement()));
        }
        item.getItem().forEach(below -> keep(below, languages));
    }

    private static List<String> of(Element text) {
        return text.getExtensionsByUrl(Sdc.TRANSLATION)
                .stream()
                .flatMap(one -> asked(part(one, "lang")).stream())
                .toList();
    }

    private static String part(Extension translation, String name) {
        return Optional.ofNullable(translation.getExtensionByUrl(name))
                .map(Extension::getValue)
                .map(value -> value.primitiveValue() == null ? "" : value.primitiveValue())
                .orElse("");
    }
}
