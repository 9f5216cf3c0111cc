// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code sluse populate} */
@Command(name = "populate", mixinStandardHelpOptions = true, description = "Fills a form with what is known already, as $populate of SDC 4.0 does, and prints the QuestionnaireResponse; needs no server and asks none.")
final class PopulateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "QUESTIONNAIRE.json", description = "The form, a Questionnaire of FHIR R4.")
    private Path questionnaire = Path.of("");

    @Option(names = "--context", paramLabel = "NAME=FILE", description = "A resource of FHIR R4 by the name of one of the form's launch contexts, for example patient=patient.json; a Bundle for several. Queries of the form and its Observations are looked for in all of them.")
    private Map<String, Path> contexts = new LinkedHashMap<>();

    @Option(names = "--now", paramLabel = "INSTANT", converter = Moment.class, description = "When it is, for today() and for how old an Observation is, for example 2026-11-28T12:00:00Z; default: now.")
    private Instant now = Clock.systemUTC().instant();

    @Mixin
    private final FormOutput output = new FormOutput();

    private static final class Moment implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException(
                        "'%s' is no moment; right would be for example 2026-11-28T12:00:00Z".formatted(text));
            }
        }
    }

    @Override
    public Integer call() {
        return FormEngine.on(output).populate(questionnaire, contexts, now);
    }
}
