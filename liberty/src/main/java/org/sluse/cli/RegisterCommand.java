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
@Command(name = "register", mixinStandardHelpOptions = true, description = "Prints a tenant's register of processing: each activity and recipient that is on, now or on a day of the past; or verifies it.")
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

    @Option(names = "--as-of", paramLabel = "DAY", description = "The register as it was at the end of a day (UTC), for example 2026-11-24; default: now.")
    private @Nullable String asOf;

    @Option(names = "--verify", description = "Verifies every revision: number, chain, document and signature. Prints the key that they were signed with; compare it with the one you know.")
    private boolean verify;

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        var operator = server.operator();
        if (verify) {
            return verify(RegisterProof.of(operator.registerProof(tenant)));
        }
        var register = operator.register(tenant, format.name().toLowerCase(Locale.ROOT), Optional.ofNullable(language),
                Optional.ofNullable(asOf));
        server.line(register.stripTrailing());
        return ExitCode.OK;
    }

    private int verify(RegisterProof proof) {
        var wrong = proof.wrong();
        if (wrong.isPresent()) {
            throw StoppedShortException.refused(wrong.get());
        }
        server.line(proof.size() + " revisions, each signed and following from the one before it.");
        server.line(proof.publicKey().stripTrailing());
        return ExitCode.OK;
    }
}
