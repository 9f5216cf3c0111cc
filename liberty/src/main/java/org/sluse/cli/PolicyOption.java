// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A clinic's policy, in writing, on the place of its data: all four or none. The document stays here; its fingerprint goes to the server. */
final class PolicyOption {

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "The clinic's policy that its data may rest outside the EEA, or its backups beside the data, where the location needs that. Only its SHA-256 is stored.")
    private @Nullable Path document;

    @Option(names = "--policy-version", required = true, paramLabel = "VERSION", description = "Which, as it stands on the document.")
    private String version = "";

    @Option(names = "--policy-signer", required = true, paramLabel = "NAME", description = "Who signed it for the clinic.")
    private String signer = "";

    @Option(names = "--policy-signed", required = true, paramLabel = "DAY", description = "From this day on it holds, for example 2026-11-27.")
    private @Nullable LocalDate signedOn;

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("version", version)
                .add("signer", signer)
                .add("signedOn", String.valueOf(signedOn))
                .add("sha256", fingerprint(Path.of(String.valueOf(document))))
                .build();
    }

    private static String fingerprint(Path document) {
        try {
            return Sha256.of(document);
        } catch (IOException unreadable) {
            throw StoppedShortException
                    .refused("%s cannot be read; right would be the document of the policy.".formatted(document));
        }
    }
}
