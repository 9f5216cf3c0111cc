// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.host.config.HostSettings;
import org.sluse.host.http.ProblemJson;
import org.sluse.host.shell.Shell;
import org.sluse.tenant.TenantId;

/** The shells of the operator's pages, and of the one page of the platform that is open to everybody: {@code /subprocessors}. */
@WebServlet(urlPatterns = {"/operate/*", "/subprocessors"})
public class OperatorPages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Name of the bundle and the folder of these pages. */
    static final String BUNDLE = "operate";
    /** Pages with an entry at the side, in its order, and the icon of each. */
    static final Map<String, String> ENTRIES = entries();

    private static final String BASE = "/operate";

    @Inject
    transient OperatorSessions sessions;
    @Inject
    transient HostSettings settings;
    @Inject
    transient ObjectMapper json;

    private static Map<String, String> entries() {
        var entries = new LinkedHashMap<String, String>();
        entries.put("clinics", "people");
        entries.put("plugins", "grid");
        entries.put("nodes", "connection");
        entries.put("register", "file");
        entries.put("log", "eye");
        return Collections.unmodifiableMap(entries);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getRequestURI().startsWith(BASE)) {
            write("subprocessors", "", "", request, response);
            return;
        }
        var path = request.getRequestURI().substring(BASE.length()).replaceFirst("^/", "");
        if (path.equals("sign-in")) {
            write(path, "", BUNDLE, request, response);
        } else if (!sessions.isOpen(Optional.ofNullable(request.getHeader("Cookie")).orElse(""))) {
            response.sendRedirect(BASE + "/sign-in?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        } else if (path.isEmpty()) {
            response.sendRedirect(BASE + "/clinics");
        } else if (ENTRIES.containsKey(path)) {
            write(path, "", BUNDLE, request, response);
        } else if (path.startsWith("clinics/") && TenantId.isValid(path.substring("clinics/".length()))) {
            write("clinic", path.substring("clinics/".length()), BUNDLE, request, response);
        } else if (Shell.wanted(request)) {
            Shell.notFound(request, response, settings.publicUrl());
        } else {
            ProblemJson.notFound().write(response, json);
        }
    }

    /** @param place what the page's calls go below: {@code /api/<place>/} */
    private void write(String page, String argument, String place, HttpServletRequest request,
            HttpServletResponse response) throws IOException {
        Shell.write(
                new Shell.Document(place, settings.publicUrl().getAuthority(), page, argument,
                        "/ui/" + BUNDLE + "/" + page + ".js", "sluse-operate-" + page, ""),
                settings.publicUrl(), Optional.empty(), List.of(), request, response);
    }
}
