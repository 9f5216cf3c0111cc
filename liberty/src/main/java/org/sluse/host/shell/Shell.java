// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sluse.host.link.LinkCookie;
import org.sluse.host.text.Language;

/** Writes shells: the document names one ES module and one custom element, and forbids everything that is not ours. */
public final class Shell {

    /** Folders of files, below {@code /ui/}, that are the same for everybody: the kit, what it is made with, the operator's pages. */
    public static final Set<String> SHARED = Set.of("kit", "lit", "operate");

    private static final Shell.Document NOT_FOUND = new Document("", "", "not-found", "", "/ui/kit/pages/not-found.js",
            "sluse-not-found", "");
    private static final Shell.Document UNAVAILABLE = new Document("", "", "unavailable", "",
            "/ui/kit/pages/unavailable.js", "sluse-unavailable", "");
    private static final String SECONDS_TO_RETRY = "2";

    private Shell() {
    }

    /**
     * What a shell is for.
     *
     * @param tenant id of the clinic; empty when the address belongs to none
     * @param clinic its name
     * @param page path of the page below the clinic
     * @param argument what stands in the address where the page's path has <code>{id}</code>
     * @param module address of the ES module
     * @param element the custom element that the module defines
     * @param stylesheet address of a further style sheet; empty for none
     */
    public record Document(String tenant, String clinic, String page, String argument, String module, String element,
            String stylesheet) {}

    /** The one page for every address that does not exist for the caller: unknown, off, or somebody else's. */
    public static void notFound(HttpServletRequest request, HttpServletResponse response, URI publicUrl)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        write(NOT_FOUND, publicUrl, Optional.empty(), List.of(), request, response);
    }

    /** The one page for whatever this node cannot answer for at the moment; it tries again by itself. */
    public static void unavailable(HttpServletRequest request, HttpServletResponse response, URI publicUrl)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", SECONDS_TO_RETRY);
        write(UNAVAILABLE, publicUrl, Optional.empty(), List.of(), request, response);
    }

    /** Whether a person asks, with a browser. */
    public static boolean wanted(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("text/html");
    }

    /**
     * Writes the document.
     *
     * @param provider where a form of the page may lead to besides ourselves
     * @param frames origins whose pages may be shown in a frame, and use camera, microphone and screen there; as they stand in a header
     */
    public static void write(Document document, URI publicUrl, Optional<URI> provider, List<String> frames,
            HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var language = Language.choose(
                LinkCookie.value(Optional.ofNullable(request.getHeader("Cookie")).orElse(""), "sluse-lang"),
                Optional.ofNullable(request.getHeader("Accept-Language")).orElse(""));
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; script-src 'self' '" + ImportMap.HASH
                        + "'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' "
                        + socketOrigin(publicUrl)
                        + (frames.isEmpty() ? "" : "; frame-src " + String.join(" ", frames))
                        + "; media-src 'self' blob: mediastream:; font-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
                        + "form-action 'self'"
                        + provider.map(issuer -> " " + issuer.getScheme() + "://" + issuer.getAuthority()).orElse(""));
        if (!frames.isEmpty()) {
            response.setHeader("Permissions-Policy", BrowserPermissions.with(frames));
        }
        response.setHeader("Vary", "Accept, Accept-Language, Cookie");
        response.setContentType("text/html;charset=UTF-8");
        var title = document.clinic().isEmpty() ? "Sluse" : escape(document.clinic());
        response.getWriter()
                .write("""
                        <!doctype html>
                        <html lang="%s" data-tenant="%s" data-clinic="%s" data-page="%s" data-arg="%s">
                        <head>
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
                        <meta name="color-scheme" content="light dark">
                        <title>%s</title>
                        <link rel="icon" type="image/svg+xml" href="/ui/kit/favicon.svg">
                        <link rel="stylesheet" href="/ui/kit/kit.css">
                        %s<script type="importmap">%s</script>
                        <script type="module" src="%s"></script>
                        </head>
                        <body><%s></%s></body>
                        </html>
                        """.formatted(language.code(), document.tenant(), escape(document.clinic()), document.page(),
                        document.argument(), title,
                        document.stylesheet().isEmpty()
                                ? ""
                                : "<link rel=\"stylesheet\" href=\"" + document.stylesheet() + "\">\n",
                        ImportMap.JSON, document.module(),
                        document.element(), document.element()));
    }

    /** A content policy's 'self' does not cover the socket scheme in every browser. */
    private static String socketOrigin(URI publicUrl) {
        return publicUrl.toString().replaceFirst("^http", "ws");
    }

    private static String escape(String text) {
        var escapes = Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;");
        var escaped = new StringBuilder();
        text.chars()
                .forEach(each -> escaped.append(escapes.getOrDefault((char) each, Character.toString((char) each))));
        return escaped.toString();
    }
}
