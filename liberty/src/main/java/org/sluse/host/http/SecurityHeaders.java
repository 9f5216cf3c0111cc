// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import org.sluse.host.shell.BrowserPermissions;

/** Headers of every answer. A page adds its own content policy. */
final class SecurityHeaders {

    private SecurityHeaders() {
    }

    /** @param publicUrl where people go; with https, browsers are told to come by nothing else for two years (RFC 6797, 6.1.1); what other hosts of the domain do is not ours to say */
    static void set(HttpServletResponse response, URI publicUrl) {
        if ("https".equals(publicUrl.getScheme())) {
            response.setHeader("Strict-Transport-Security", "max-age=63072000");
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", BrowserPermissions.with(List.of()));
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
    }
}
