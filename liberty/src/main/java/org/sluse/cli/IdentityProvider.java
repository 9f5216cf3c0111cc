// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The demo clinic's identity provider: Nav's mock-oauth2-server in a process of its own. */
final class IdentityProvider {

    private static final Duration PATIENCE_TO_STOP = Duration.ofSeconds(10);
    private static final int LOOKS = 150;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Installation installation;
    private final DataFolder data;

    IdentityProvider(Installation installation, DataFolder data) {
        this.installation = installation;
        this.data = data;
    }

    /** Starts it and returns its issuer. The demo clinic keeps the issuer, so the port of the first start is kept too. */
    URI start(int wishedPort) {
        stop();
        var kept = data.identityProviderPort().read();
        var port = kept.map(Integer::parseInt).orElse(wishedPort);
        LocalServer.requireFree(port, kept.isEmpty()
                ? "another --port, for the identity provider takes the one after it"
                : "to end that program, for the demo's identity provider keeps its port, or a demo of its own with --data");
        data.identityProviderPort().write(Integer.toString(port));
        var configuration = installation.identityProviderConfiguration();
        var process = Child.start(
                List.of(installation.java().toString(), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                        installation.identityProvider().resolve("*").toString(),
                        "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt"),
                Map.of("SERVER_HOSTNAME", "127.0.0.1", "SERVER_PORT", Integer.toString(port), "JSON_CONFIG_PATH",
                        configuration.resolve("identity-provider.json").toString()),
                configuration, data.logs().resolve("identity-provider.log"), false);
        data.identityProvider().write(process.toHandle());
        var server = URI.create("http://127.0.0.1:" + port);
        var http = new Http(server);
        for (var look = 0; look < LOOKS && process.isAlive(); look++) {
            if (http.isUp("/isalive")) {
                return server.resolve("/clinic-north");
            }
            Child.endsWithin(process.toHandle(), BETWEEN_LOOKS);
        }
        stop();
        throw StoppedShortException.cannotStart(
                "The identity provider did not start; %s says why."
                        .formatted(data.logs().resolve("identity-provider.log")));
    }

    /** Ends it if it is ours and runs. */
    void stop() {
        data.identityProvider().process().ifPresent(process -> Child.stop(process, PATIENCE_TO_STOP));
        data.identityProvider().remove();
    }
}
