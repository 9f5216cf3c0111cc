// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A form and a response as files. */
@Command
final class FormFiles extends FormOutput {

    @Parameters(index = "0", paramLabel = "QUESTIONNAIRE.json", description = "The form, a Questionnaire of FHIR R4.")
    private Path questionnaire = Path.of("");

    @Parameters(index = "1", paramLabel = "RESPONSE.json", description = "What was filled in, a QuestionnaireResponse of FHIR R4.")
    private Path response = Path.of("");

    Path questionnaire() {
        return questionnaire;
    }

    Path response() {
        return response;
    }
}
