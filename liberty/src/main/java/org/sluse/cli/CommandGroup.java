// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others: by itself it is not understood. */
abstract class CommandGroup implements Runnable {

    private final String example;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param example what would be right, for example {@code sluse tenant list} */
    CommandGroup(String example) {
        this.example = example;
    }

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(),
                "A command is missing; right would be for example '%s'.".formatted(example));
    }
}
