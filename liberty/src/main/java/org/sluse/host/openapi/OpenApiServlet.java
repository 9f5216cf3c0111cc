// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.sluse.host.http.ProblemJson;
import org.sluse.host.tenant.Binding;

/** {@code /openapi/{tenant}}: open to everybody, as the FHIR endpoint's metadata are; it holds nobody's data and no more than a look at each address would tell. */
@WebServlet(urlPatterns = "/openapi/*")
public class OpenApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    transient ClinicApi api;
    @Inject
    transient Binding binding;
    @Inject
    transient ObjectMapper json;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tenant = binding.tenant();
        if (!request.getRequestURI().equals("/openapi/" + tenant.id())) {
            ProblemJson.notFound().write(response, json);
            return;
        }
        var document = json.writeValueAsBytes(api.of(tenant));
        // A module that goes off is gone at once.
        response.setHeader("Cache-Control", "no-cache");
        response.setContentType("application/json");
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
