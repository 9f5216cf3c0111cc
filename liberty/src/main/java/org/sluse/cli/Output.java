// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Answers go to standard output, progress to standard error, so that a script reads answers only. */
@Command
class Output {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    final CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    final void line(String text) {
        var out = spec().commandLine().getOut();
        out.println(text);
        out.flush();
    }

    final void progress(String text) {
        var err = spec().commandLine().getErr();
        err.println(text);
        err.flush();
    }
}
