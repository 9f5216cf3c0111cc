// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse extract} */
@Command(name = "extract", mixinStandardHelpOptions = true, description = "Makes data of a form that was filled in, as $extract of SDC 4.0 does, and prints a transaction of FHIR R4; needs no server. The same files give the same bytes.")
final class ExtractCommand implements Callable<Integer> {

    @Mixin
    private final FormFiles files = new FormFiles();

    @Override
    public Integer call() {
        return FormEngine.on(files).extract(files.questionnaire(), files.response());
    }
}
