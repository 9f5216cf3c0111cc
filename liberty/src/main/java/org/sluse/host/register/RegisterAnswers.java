// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.text.Texts;
import org.sluse.problem.ProblemException;

/** The register of the bound tenant in one of its forms. */
@OnePerNode
public final class RegisterAnswers {

    @Inject
    Register register;
    @Inject
    Texts texts;

    /** @throws ProblemException {@code problem/not-allowed-value} for a format or a day that there is not */
    public Response answer(RegisterQuery query) {
        var language = query.language();
        var view = query.instant().map(then -> register.at(then, language)).orElseGet(() -> register.now(language));
        return switch (query.format) {
            case "json" -> Response.ok(view, MediaType.APPLICATION_JSON).build();
            case "csv" -> Response.ok(RegisterFormat.csv(view), "text/csv;charset=UTF-8").build();
            case "text" -> Response.ok(RegisterFormat.text(view, texts, language), "text/plain;charset=UTF-8").build();
            case "pdf" -> Response.ok(RegisterPdf.of(view, texts, language), "application/pdf").build();
            default -> throw ProblemException.notAllowed("/format", "format",
                    "The register has no such format; right would be text, json, csv or pdf");
        };
    }
}
