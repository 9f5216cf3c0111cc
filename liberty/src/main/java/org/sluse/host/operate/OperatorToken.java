// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Optional;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/** The operator is who can read {@code operator.token} in the data folder, and shows it as {@code Bearer <token>}; without that file nobody is. */
@Provider
@ForOperator
@Priority(Priorities.AUTHENTICATION)
@OnePerNode
public final class OperatorToken implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";
    /** In characters; what is shorter can be guessed. */
    private static final int SHORTEST = 16;

    @Inject
    HostSettings settings;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        var shown = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)).orElse("");
        var file = settings.dataDirectory().resolve("operator.token");
        if (!Files.exists(file) || !isRight(shown, Files.readString(file).strip())) {
            throw new ProblemException(Problem.NOT_SIGNED_IN,
                    "This is for the operator; right would be the token in the data folder");
        }
    }

    /** In a time that does not tell how much of it was right. */
    private static boolean isRight(String shown, String token) {
        return token.length() >= SHORTEST && MessageDigest.isEqual((SCHEME + token).getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }
}
