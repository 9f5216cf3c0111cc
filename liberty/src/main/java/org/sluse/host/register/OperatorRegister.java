// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterView.RecipientRow;
import org.sluse.host.text.Csv;
import org.sluse.host.text.Language;
import org.sluse.problem.ProblemException;
import org.sluse.tenant.TenantId;

/**
 * The operator's own register: which categories of processing it carries out on behalf of each clinic (GDPR Art. 30(2)). Made of the newest revision of each clinic's
 * register, so the two cannot differ. Thread-safe; blocks.
 */
@OnePerNode
public final class OperatorRegister {

    private static final List<String> COLUMNS = List.of("clinic", "controller", "address", "contact", "representative",
            "officer", "module", "processing", "recipient", "country", "transfer");

    private final RegisterStore store;
    private final HostDeclaration host;

    /**
     * A page of the register.
     *
     * @param processor who the operator is, as configured; each component is empty where it is not (Art. 30(2)(a))
     * @param always recipients whichever modules are on, of all locations
     * @param measures as the registers of this location's clinics have them (Art. 30(2)(d))
     * @param rows by the clinic's id
     * @param more whether there are further clinics
     */
    record PageView(Controller processor, List<RecipientRow> always, List<String> measures, List<ClinicRow> rows,
            boolean more) {}

    /** One clinic. @param controller as its administrator entered it (Art. 30(2)(a)) @param revision of its own register that says so */
    record ClinicRow(String tenant, String clinic, int revision, Controller controller, List<CategoryRow> categories) {}

    /** What is done for it (Art. 30(2)(b)), and to whom data goes, with the basis where it leaves the EEA (Art. 30(2)(c)). */
    record CategoryRow(String module, String name, String purpose, List<RecipientRow> recipients) {}

    @Inject
    OperatorRegister(RegisterStore store, HostDeclaration host) {
        this.store = store;
        this.host = host;
    }

    /** A page as JSON or CSV. @throws ProblemException {@code problem/not-allowed-value} for another format */
    public Response answer(RegisterQuery query, List<TenantId> clinics, boolean more) {
        var page = page(clinics, more, query.language());
        return switch (query.format) {
            case "json" -> Response.ok(page, MediaType.APPLICATION_JSON).build();
            case "csv" -> Response.ok(csv(page), "text/csv;charset=UTF-8").build();
            default -> throw ProblemException.notAllowed("/format", "format",
                    "The operator's register has no such format; right would be json or csv");
        };
    }

    PageView page(List<TenantId> clinics, boolean more, Language language) {
        return new PageView(host.processor(),
                host.everywhere().stream().map(one -> RegisterView.row(one, language)).toList(),
                host.read().measures().stream().map(words -> words.in(language)).toList(),
                clinics.stream().map(clinic -> row(clinic, language)).toList(), more);
    }

    private ClinicRow row(TenantId clinic, Language language) {
        var newest = store.upToDate(clinic).getLast();
        var document = store.document(newest);
        return new ClinicRow(clinic.value(), document.clinic(), newest.number(), document.controller(),
                document.activities()
                        .stream()
                        .map(one -> new CategoryRow(one.module(), one.manifest().name().in(language),
                                one.manifest().purpose().in(language),
                                one.recipients().stream().map(to -> RegisterView.row(to, language)).toList()))
                        .toList());
    }

    /** A line for each recipient, and one for what goes to nobody; a clinic with everything off has one line. */
    private static String csv(PageView page) {
        return Csv.table(COLUMNS, page.rows().stream().flatMap(OperatorRegister::lines));
    }

    private static Stream<List<String>> lines(ClinicRow row) {
        var nothing = new CategoryRow("", "", "", List.of());
        var nobody = new RecipientRow("", "", "", "", "", "", true, Optional.empty());
        return (row.categories().isEmpty() ? List.of(nothing) : row.categories()).stream()
                .flatMap(category -> (category.recipients().isEmpty() ? List.of(nobody) : category.recipients())
                        .stream()
                        .map(to -> List.of(row.clinic(), row.controller().name(), row.controller().address(),
                                row.controller().contact(), row.controller().representative(),
                                row.controller().officer(), category.name(), category.purpose(), to.name(),
                                to.country(), to.transfer().orElse(""))));
    }
}
