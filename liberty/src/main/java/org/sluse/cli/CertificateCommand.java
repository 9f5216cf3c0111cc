// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse tenant certificate} */
@Command(name = "certificate", mixinStandardHelpOptions = true, description = "Verifies the certificate of a tenant that was off-boarded, asked of the running server or read from a file, for which no server is needed; prints what it says and the key that it was signed with. Compare that with the one you know: 'sluse register TENANT --verify' prints it for any tenant of the installation.")
final class CertificateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TENANT|FILE", description = "The id that the tenant had, or a file that --to has written.")
    private String what = "";

    @Option(names = "--to", paramLabel = "FILE", description = "Also writes the certificate, as JSON, into a file that is not there yet.")
    private @Nullable Path file;

    @Option(names = "--lang", paramLabel = "nb|de|en", description = "The language of the text; default: en.")
    private @Nullable String language;

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        var isFile = Files.isRegularFile(Path.of(what));
        var certificate = isFile
                ? read(Path.of(what))
                : server.operator().certificate(what, Optional.ofNullable(language));
        var proof = new CertificateProof(certificate);
        proof.wrong().ifPresent(wrong -> {
            throw StoppedShortException.refused(wrong);
        });
        // Of a file only what is signed is shown.
        server.line(isFile ? proof.content() : certificate.getString("text").strip());
        server.line(proof.publicKey().stripTrailing());
        if (file != null) {
            Http.keep(file, certificate.toString().getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.OK;
    }

    private static JsonObject read(Path file) {
        try (var reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readObject();
        } catch (IOException | JsonException unreadable) {
            throw StoppedShortException.refused("%s is no certificate of off-boarding.".formatted(file));
        }
    }
}
