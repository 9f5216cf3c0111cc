// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import picocli.CommandLine.Command;

/** What a command about forms prints: the answer on standard output, issues as an OperationOutcome on standard error. */
@Command(exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:all of it is there",
        "1:a part is missing, or a value was sent that is another; standard error says which",
        "2:nothing was done; standard error says why"})
class FormOutput extends Output {}
