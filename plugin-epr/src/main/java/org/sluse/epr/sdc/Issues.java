// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What went wrong, each with the place where. Names questions and never what was answered. */
final class Issues {

    private final OperationOutcome outcome = new OperationOutcome();
    private final Set<List<Object>> said = new HashSet<>();

    /** Something is missing from what was extracted. */
    void error(String path, String why) {
        add(IssueSeverity.ERROR, IssueType.PROCESSING, path, why);
    }

    /** Everything is there, but somebody should know. */
    void warning(String path, String why) {
        add(IssueSeverity.WARNING, IssueType.INFORMATIONAL, path, why);
    }

    /** Nothing was extracted at all. */
    void fatal(IssueType type, String path, String why) {
        add(IssueSeverity.FATAL, type, path, why);
    }

    private void add(IssueSeverity severity, IssueType type, String path, String why) {
        // Asked for twice by two ways of extraction, said once.
        if (said.add(List.of(severity, path, why))) {
            outcome.addIssue().setSeverity(severity).setCode(type).setDiagnostics(why).addExpression(path);
        }
    }

    OperationOutcome outcome() {
        return outcome;
    }

    boolean has(IssueSeverity severity) {
        return outcome.getIssue().stream().anyMatch(issue -> issue.getSeverity() == severity);
    }
}
