// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.sluse.host.http.ProblemJson;
import org.sluse.host.shell.Shell;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/** {@code /ui/...}: files of pages and bundles of texts. The edge filter has asked the gate for those of a plugin. */
@WebServlet(urlPatterns = "/ui/*")
public class FileServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient StaticFiles files;
    @Inject
    transient Texts texts;
    @Inject
    transient ObjectMapper json;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var parts = request.getRequestURI().split("/", 5);
        var shared = parts.length > 3 && Shell.SHARED.contains(parts[2]);
        var owner = shared ? parts[2] : parts.length > 4 ? parts[3] : "";
        var name = shared
                ? request.getRequestURI().substring(("/ui/" + owner + "/").length())
                : parts.length > 4 ? parts[4] : "";
        var file = name.startsWith("messages/") ? bundle(owner, name) : files.find(owner, name);
        if (file.isEmpty()) {
            ProblemJson.notFound().write(response, json);
            return;
        }
        var bytes = file.get().bytes();
        var tag = tag(bytes);
        response.setHeader("ETag", tag);
        // Asked again each time, so that a module that went off is gone at once; an unchanged file costs one short answer.
        response.setHeader("Cache-Control", "no-cache");
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.get().type());
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private Optional<StaticFiles.StaticFile> bundle(String owner, String name) throws IOException {
        var language = Language.of(name.substring("messages/".length()).replace(".json", ""));
        if (language.isEmpty() || texts.bundle(owner, language.get()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StaticFiles.StaticFile(
                json.writeValueAsString(texts.bundle(owner, language.get())).getBytes(StandardCharsets.UTF_8),
                "application/json"));
    }

    private static String tag(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return "\""
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Long.toHexString(sum.getValue() ^ (long) bytes.length << 32)
                                .getBytes(StandardCharsets.US_ASCII))
                + "\"";
    }
}
