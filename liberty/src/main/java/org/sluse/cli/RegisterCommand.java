// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse register} */
@Command(name = "register", mixinStandardHelpOptions = true, description = "Prints a tenant's register of processing: each activity and recipient that is on now.")
final class RegisterCommand implements Callable<Integer> {

    private enum Format {
        TEXT, JSON, CSV
    }

    @Parameters(paramLabel = "TENANT", description = "The tenant's id, as 'sluse tenant list' prints it.")
    private String tenant = "";

    @Option(names = "--format", paramLabel = "text|json|csv", defaultValue = "text", description = "Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TEXT;

    @Option(names = "--lang", paramLabel = "nb|de|en", description = "The language of the texts; default: the tenant's.")
    private @Nullable String language;

    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var register = Operator.of(data.folder())
                .register(tenant, format.name().toLowerCase(Locale.ROOT), Optional.ofNullable(language));
        output.line(register.stripTrailing());
        return ExitCode.OK;
    }
}
