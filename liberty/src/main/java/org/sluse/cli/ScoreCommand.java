// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse score} */
@Command(name = "score", mixinStandardHelpOptions = true, description = "Calculates what a form calculates of its answers, by its calculatedExpressions, and prints the response with it; needs no server. A value that was sent and is another is an issue with both.")
final class ScoreCommand implements Callable<Integer> {

    @Mixin
    private final FormFiles files = new FormFiles();

    @Override
    public Integer call() {
        return FormEngine.on(files).score(files.questionnaire(), files.response());
    }
}
