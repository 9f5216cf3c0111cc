// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluse.data.DataMap;
import org.sluse.disclosure.DataCategory;
import org.sluse.disclosure.Recipient;
import org.sluse.epr.exchange.fhir.OutgoingElements;
import org.sluse.epr.exchange.fhir.OutgoingRecords;
import org.sluse.page.Page;
import org.sluse.page.Page.Audience;
import org.sluse.plugin.Acknowledgement;
import org.sluse.plugin.Activity;
import org.sluse.plugin.Plugin;
import org.sluse.plugin.PluginId;
import org.sluse.plugin.Readiness;
import org.sluse.tenant.Tenant;

/** The manifest: assessments, and one recipient of their results. */
@ApplicationScoped
public class EprPlugin implements Plugin<EprSettings> {

    /** Id of the recipient in register and ledger. */
    public static final String RECIPIENT = "epr";

    @Override
    public PluginId id() {
        return new PluginId("epr");
    }

    @Override
    public Class<EprSettings> settingsType() {
        return EprSettings.class;
    }

    @Override
    public Activity activity() {
        return new Activity("activity.purpose", "activity.subjects", "activity.data", "activity.retention",
                "activity.basis");
    }

    @Override
    public DataMap dataMap() {
        return EprData.MAP;
    }

    @Override
    public List<Recipient> recipients(EprSettings settings) {
        return settings.hasRecord() ? settings.base().stream().map(base -> record(settings, base)).toList() : List.of();
    }

    private static Recipient record(EprSettings settings, URI base) {
        return new Recipient(RECIPIENT, settings.name(), settings.address(), settings.country(), "recipient.service",
                "recipient.basis",
                Set.of(DataCategory.ASSESSMENT, DataCategory.IDENTITY), List.of(base),
                Map.of(DataCategory.ASSESSMENT, answersAndResults(), DataCategory.IDENTITY,
                        OutgoingElements.IDENTITY),
                List.of("field.answers", "field.score", "field.time", "field.number"), List.of());
    }

    private static Set<String> answersAndResults() {
        return Stream.concat(OutgoingElements.ASSESSMENT.stream(), OutgoingElements.FORM.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Class<? extends Record>> outbound() {
        return OutgoingRecords.ALL;
    }

    /** pages.md 5: crisis line and emergency number are confirmed by the clinic before questionnaires can be assigned. */
    @Override
    public List<Acknowledgement> acknowledgements(EprSettings settings) {
        return List.of(new Acknowledgement("crisis-numbers", "acknowledgement.crisis-numbers"));
    }

    @Override
    public Readiness ready(Tenant tenant, EprSettings settings) {
        return new Readiness(Stream.of(missing(settings.base().isEmpty(), "ready.no-record"),
                missing(settings.name().isBlank() || settings.address().isBlank() || settings.country().isBlank(),
                        "ready.no-name"))
                .flatMap(List::stream)
                .toList());
    }

    private static List<Readiness.Reason> missing(boolean isMissing, String key) {
        return isMissing ? List.of(new Readiness.Reason(key, Map.of())) : List.of();
    }

    @Override
    public List<Page> pages() {
        return List.of(Page.of("q", "questionnaire.js", "epr-questionnaire", Audience.LINK),
                Page.of("f", "form.js", "epr-form", Audience.LINK),
                Page.of("forms/{id}", "form-result.js", "epr-form-result", Audience.PRACTITIONER),
                Page.of("patients", "patients.js", "epr-patients", Audience.PRACTITIONER)
                        .withEntry("nav.patients", "people"),
                Page.of("patients/{id}", "patient.js", "epr-patient", Audience.PRACTITIONER),
                Page.of("results/{id}", "result.js", "epr-result", Audience.PRACTITIONER),
                Page.of("deliveries", "deliveries.js", "epr-deliveries", Audience.PRACTITIONER)
                        .withEntry("nav.deliveries", "deliver"),
                Page.of("sandbox", "sandbox.js", "epr-sandbox", Audience.PRACTITIONER)
                        .withEntry("nav.sandbox", "table"),
                Page.of("admin/questionnaires", "admin-questionnaires.js", "epr-admin-questionnaires",
                        Audience.ADMINISTRATOR).withEntry("nav.questionnaires", "questionnaire"));
    }
}
