// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluse extract} */
@Command(name = "extract", mixinStandardHelpOptions = true, description = "Makes data of a form that was filled in, as $extract of SDC 4.0 does, and prints a transaction of FHIR R4; needs no server. The same files give the same bytes.")
final class ExtractCommand implements Callable<Integer> {

    @Mixin
    private final FormFiles files = new FormFiles();

    @Option(names = "--mapping", paramLabel = "FILE", description = "A StructureMap of FHIR R4, as JSON or in the FHIR Mapping Language, in place of those that the form names. May be given several times.")
    private final List<Path> mappings = new ArrayList<>();

    @Override
    public Integer call() {
        return FormEngine.on(files).extract(files.questionnaire(), files.response(), mappings);
    }
}
