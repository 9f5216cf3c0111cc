// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Path;
import java.util.logging.LogManager;
import org.sluse.epr.sdc.tool.FormTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A form and a response as files, and what a command about them prints: the answer on standard output, issues as an OperationOutcome on standard error. */
@Command(exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:all of it is there",
        "1:a part is missing, or a value was sent that is another; standard error says which",
        "2:nothing was done; standard error says why"})
final class FormFiles extends Output {

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

    FormTool tool() {
        // What libraries tell operators of servers would be among the issues.
        LogManager.getLogManager().reset();
        return new FormTool(this::line, this::progress);
    }
}
