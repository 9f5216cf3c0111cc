// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluse.epr.assessment.Instrument;
import org.sluse.epr.assessment.Instruments;

/** The golden files are the catalogue as others read it. */
class QuestionnaireMapperTest {

    static List<String> catalogue() {
        return Instruments.ALL.stream().map(Instrument::id).toList();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void an_instrument_is_this_questionnaire(String id) throws IOException {
        var golden = Path.of("src/test/resources/fhir/questionnaire/" + id + ".fhir.json");
        var received = FhirContext.forR4Cached()
                .newJsonParser()
                .setPrettyPrint(true)
                .encodeResourceToString(
                        new QuestionnaireMapper().toFhir(Instruments.find(id).orElseThrow()))
                + "\n";
        if (!Files.exists(golden) || !Files.readString(golden).equals(received)) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden.resolveSibling(id + ".received.json"), received, StandardCharsets.UTF_8);
        }

        assertThat(golden).hasContent(received);
    }
}
