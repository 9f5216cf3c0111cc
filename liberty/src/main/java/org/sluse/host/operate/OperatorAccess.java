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
import org.sluse.host.control.Act;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.tenant.Binding;
import org.sluse.host.tenant.OperatorName;
import org.sluse.problem.Problem;
import org.sluse.problem.ProblemException;

/**
 * The operator is who can read {@code operator.token} in the data folder, and shows it as {@code Bearer <token>}; without that file nobody is. In a browser it is who has
 * begun a session with a link that such a caller has made. Whoever shows a token is asked for no cookie. Who of them it is they may say with it ({@link OperatorName}); a session is whose its link was.
 */
@Provider
@ForOperator
@Priority(Priorities.AUTHENTICATION)
@OnePerNode
public final class OperatorAccess implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";
    /** In characters; what is shorter can be guessed. */
    private static final int SHORTEST = 16;

    @Inject
    HostSettings settings;
    @Inject
    OperatorSessions sessions;
    @Inject
    ControlDatabase control;
    @Inject
    Binding binding;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        var shown = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (shown.isEmpty()) {
            sessions.find(Optional.ofNullable(request.getHeaderString(HttpHeaders.COOKIE)).orElse(""))
                    .orElseThrow(OperatorAccess::refused)
                    .operator()
                    .ifPresent(binding::calledBy);
        } else if (isToken(shown.get())) {
            Optional.ofNullable(request.getHeaderString(OperatorName.HEADER))
                    .map(OperatorAccess::name)
                    .ifPresent(binding::calledBy);
        } else {
            control.refused(Act.of("SIGN_IN", "OperatorToken", "*"), "token-refused");
            throw refused();
        }
    }

    private static OperatorName name(String header) {
        try {
            return OperatorName.ofHeader(header);
        } catch (IllegalArgumentException none) {
            throw new ProblemException(Problem.MALFORMED, "The header " + OperatorName.HEADER
                    + " holds no name; right would be 1 to 64 printable characters, percent-encoded");
        }
    }

    private static ProblemException refused() {
        return new ProblemException(Problem.NOT_SIGNED_IN,
                "This is for the operator; right would be the token in the data folder, or a session that 'sluse operator' opens");
    }

    private boolean isToken(String shown) throws IOException {
        var file = settings.dataDirectory().resolve("operator.token");
        return Files.exists(file) && isRight(shown, Files.readString(file).strip());
    }

    /** In a time that does not tell how much of it was right. */
    private static boolean isRight(String shown, String token) {
        return token.length() >= SHORTEST && MessageDigest.isEqual((SCHEME + token).getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }
}
