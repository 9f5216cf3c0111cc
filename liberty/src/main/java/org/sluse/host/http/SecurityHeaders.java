// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.http;

import jakarta.servlet.http.HttpServletResponse;

/** Headers of every answer. A page adds its own content policy. */
final class SecurityHeaders {

    private SecurityHeaders() {
    }

    static void set(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy",
                "camera=(self), microphone=(self), display-capture=(self), geolocation=(), browsing-topics=()");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cache-Control", "no-store");
    }
}
