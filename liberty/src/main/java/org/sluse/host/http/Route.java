// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import java.util.Optional;
import org.sluse.host.fhir.FhirEndpoints;
import org.sluse.host.shell.Shell;
import org.sluse.tenant.TenantId;

/**
 * What an address is about. The whole URL grammar of the product is here.
 *
 * @param kind which boundary it belongs to
 * @param tenant the clinic that it names; empty for what belongs to none
 * @param plugin the segment that names the plugin, as it stands there; empty where none is named
 * @param rest what follows, without a leading slash
 */
record Route(Kind kind, Optional<TenantId> tenant, String plugin, String rest) {

    private static final String SUBPROCESSORS = "subprocessors";
    private static final String LOG_KEY = "log-key";

    /** The boundaries. */
    enum Kind {
        /** {@code /api/{tenant}/{plugin}/...} */
        API,
        /** {@code /api/operate/...} */
        OPERATE,
        /** {@code /operate/...}: pages of the operator, which ask by themselves who calls. */
        OPERATE_PAGE,
        /** {@code /subprocessors}, {@code /api/subprocessors}, {@code /api/log-key}: the same for everybody, and of no clinic. */
        PUBLIC,
        /** {@code /fhir/{tenant}/...} and other FHIR endpoints' names; without a clinic it is still FHIR that is spoken. */
        FHIR,
        /** {@code /ws/{tenant}/{plugin}} */
        SOCKET,
        /** {@code /ui/kit/...} and other folders of {@link Shell#SHARED}. */
        SHARED_FILE,
        /** {@code /ui/{tenant}/{plugin}/...} */
        PLUGIN_FILE,
        /** {@code /{tenant}/{page}} */
        PAGE,
        /** {@code /openapi/{tenant}} */
        OPENAPI,
        /** {@code /health...}, served by the server itself. */
        HEALTH,
        /** Nothing of ours. */
        UNKNOWN
    }

    /** @param path the request's path within the application, beginning with a slash */
    static Route of(String path) {
        var parts = path.substring(1).split("/", 4);
        return switch (parts[0]) {
            case "health" -> new Route(Kind.HEALTH, Optional.empty(), "", "");
            case "api" -> api(parts);
            case "operate" -> new Route(Kind.OPERATE_PAGE, Optional.empty(), "", from(parts, 1));
            case SUBPROCESSORS -> parts.length == 1 ? new Route(Kind.PUBLIC, Optional.empty(), "", "") : unknown();
            case "ws" -> parts.length == 3 ? named(Kind.SOCKET, parts) : unknown();
            case "ui" -> parts.length > 1 && Shell.SHARED.contains(parts[1])
                    ? new Route(Kind.SHARED_FILE, Optional.empty(), parts[1], from(parts, 2))
                    : named(Kind.PLUGIN_FILE, parts);
            case "fhir", "sandbox" -> new Route(Kind.FHIR, tenant(parts, 1), parts[0], from(parts, 2));
            case "openapi" -> tenant(parts, 1).map(tenant -> new Route(Kind.OPENAPI, Optional.of(tenant), "", ""))
                    .orElseGet(Route::unknown);
            default -> tenant(parts, 0).map(tenant -> new Route(Kind.PAGE, Optional.of(tenant), "", from(parts, 1)))
                    .orElseGet(Route::unknown);
        };
    }

    /** Whether FHIR is spoken there, and by the host itself. */
    boolean isFhirOfHost() {
        return kind == Kind.FHIR && FhirEndpoints.isHosts(plugin, rest);
    }

    private static Route api(String[] parts) {
        if (parts.length > 1 && parts[1].equals("operate")) {
            return new Route(Kind.OPERATE, Optional.empty(), "", "");
        }
        return parts.length == 2 && (parts[1].equals(SUBPROCESSORS) || parts[1].equals(LOG_KEY))
                ? new Route(Kind.PUBLIC, Optional.empty(), "", "")
                : named(Kind.API, parts);
    }

    private static Route named(Kind kind, String[] parts) {
        return parts.length < 3
                ? unknown()
                : tenant(parts, 1).map(tenant -> new Route(kind, Optional.of(tenant), parts[2], from(parts, 3)))
                        .orElseGet(Route::unknown);
    }

    private static Route unknown() {
        return new Route(Kind.UNKNOWN, Optional.empty(), "", "");
    }

    private static Optional<TenantId> tenant(String[] parts, int index) {
        return parts.length > index && TenantId.isValid(parts[index])
                ? Optional.of(new TenantId(parts[index]))
                : Optional.empty();
    }

    private static String from(String[] parts, int index) {
        return index >= parts.length
                ? ""
                : String.join("/", java.util.Arrays.asList(parts).subList(index, parts.length));
    }
}
