// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** The operator is who can read {@code operator.token} in the data folder. */
@OnePerNode
final class OperatorToken {

    private final HostSettings settings;

    @Inject
    OperatorToken(HostSettings settings) {
        this.settings = settings;
    }

    /** @throws ProblemException {@code problem/not-signed-in} unless the header is {@code Bearer <token>}; without a token nobody is the operator */
    void require(String authorization) {
        var file = settings.dataDirectory().resolve("operator.token");
        try {
            if (Files.exists(file)) {
                var right = ("Bearer " + Files.readString(file).strip()).getBytes(StandardCharsets.UTF_8);
                if (right.length >= "Bearer ".length() + 16
                        && MessageDigest.isEqual(right, authorization.getBytes(StandardCharsets.UTF_8))) {
                    return;
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        throw new ProblemException(Problem.NOT_SIGNED_IN,
                "This is for the operator; right would be the token in the data folder");
    }
}
