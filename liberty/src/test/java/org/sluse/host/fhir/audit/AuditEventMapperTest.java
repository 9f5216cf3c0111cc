// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry.Outcome;
import org.sluse.host.audit.AuditEntries.Row;
import org.sluse.tenant.TenantId;

/** The golden files are the specification of what an administrator's programs read. */
class AuditEventMapperTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final String PATIENT = "11111111-0000-4000-8000-000000000001";
    private static final String OBJECT = "22222222-0000-4000-8000-000000000002";
    private static final String STAFF = "33333333-0000-4000-8000-000000000003";

    private final AuditEventMapper mapper = new AuditEventMapper(URI.create("https://sluse.example"),
            new TenantId("clinic-north"));

    @Test
    void a_practitioners_reading_of_a_patients_questionnaire_is_a_patient_read() throws IOException {
        assertGolden("read", row(AuditAction.READ, Actor.Kind.STAFF, STAFF, OBJECT, true));
    }

    @Test
    void a_list_is_a_query_that_names_what_was_listed_and_not_what_was_typed() throws IOException {
        assertGolden("query", row(AuditAction.READ, Actor.Kind.STAFF, STAFF, "*", true));
    }

    @Test
    void what_a_patient_answers_is_an_update_at_the_patients_request() throws IOException {
        assertGolden("update", row(AuditAction.CHANGE, Actor.Kind.LINK_HOLDER, OBJECT, OBJECT, true));
    }

    @Test
    void what_the_system_does_by_itself_has_no_user() throws IOException {
        assertGolden("by-itself", new Row(7, Instant.parse("2026-11-23T10:41:02.250Z"), Actor.Kind.TIMER, "deliver",
                Optional.empty(), Set.of(), "epr", AuditAction.CHANGE, "Delivery", OBJECT, Optional.empty(),
                Optional.of(PATIENT), Outcome.DONE, Optional.empty(), Optional.of(1), "", "NONE"));
    }

    @Test
    void a_disclosure_is_an_export_from_this_server_to_the_recipient() throws IOException {
        assertGolden("disclosure", new Row(7, Instant.parse("2026-11-23T10:41:02.250Z"), Actor.Kind.TIMER, "deliver",
                Optional.empty(), Set.of(), "core", AuditAction.DISCLOSE, "Recipient", "epr", Optional.empty(),
                Optional.of(PATIENT), Outcome.DONE, Optional.empty(), Optional.of(1), "", "NONE"));
    }

    @Test
    void a_refusal_says_why_and_claims_no_pattern_of_a_success() throws IOException {
        assertGolden("refused", new Row(7, Instant.parse("2026-11-23T10:41:02.250Z"), Actor.Kind.ANONYMOUS,
                "anonymous", Optional.empty(), Set.of(), "video", AuditAction.SIGN_IN, "Link", "*", Optional.empty(),
                Optional.empty(), Outcome.REFUSED, Optional.of("link-not-in-use"), Optional.of(3), "192.0.2.0/24",
                "COMMAND_LINE"));
    }

    @ParameterizedTest
    @MethodSource("everyAct")
    void r4_finds_nothing_wrong_with_any_act_of_anybody(AuditAction action, Actor.Kind kind) {
        for (var object : List.of(OBJECT, "*")) {
            for (var patient : List.of(true, false)) {
                assertThat(errors(mapper.toFhir(row(action, kind, "somebody", object, patient)))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(AuditAction.class)
    void what_claims_a_pattern_of_balp_has_what_it_asks_for(AuditAction action) {
        for (var object : List.of(OBJECT, "*")) {
            for (var kind : Actor.Kind.values()) {
                for (var patient : List.of(true, false)) {
                    var event = mapper.toFhir(row(action, kind, "somebody", object, patient));
                    if (event.getMeta().hasProfile()) {
                        assertKeepsTo(event.getMeta().getProfile().getFirst().getValue(), event);
                    }
                }
            }
        }
    }

    @Test
    void no_name_of_anybody_is_in_it() {
        for (var action : AuditAction.values()) {
            assertThat(R4.newJsonParser()
                    .encodeResourceToString(mapper.toFhir(row(action, Actor.Kind.STAFF, STAFF, OBJECT, true))))
                    .doesNotContain("Practitioner 1");
        }
    }

    /** The rules of the profiles that base R4 does not have: IHE ITI.BasicAudit, input/fsh/Patient*.fsh. */
    private static void assertKeepsTo(String profile, AuditEvent event) {
        var name = profile.substring(AuditCodes.BALP.length()).replace("Patient", "");
        assertThat(event.getType().getCode()).isEqualTo("rest");
        assertThat(event.getSubtype()).extracting(Coding::getCode)
                .contains(name.equals("Query") ? "search" : name.toLowerCase(java.util.Locale.ROOT));
        assertThat(event.getOutcome().toCode()).isEqualTo("0");
        var client = agent(event, switch (name) {
            case "Read" -> "110152";
            case "Delete" -> "110150";
            default -> "110153";
        });
        var server = agent(event, switch (name) {
            case "Read" -> "110153";
            case "Delete" -> "custodian";
            default -> "110152";
        });
        for (var agent : List.of(client, server)) {
            assertThat(agent.hasWho()).isTrue();
            assertThat(agent.hasNetwork()).isTrue();
        }
        event.getAgent().stream().filter(one -> one != client && one != server).forEach(user -> {
            assertThat(code(user)).isEqualTo(List.of("Read", "Query").contains(name) ? "IRCP" : "AUT");
            assertThat(user.hasWho()).isTrue();
            assertThat(user.getRequestor()).isTrue();
            assertThat(user.hasNetwork()).isFalse();
        });
        assertThat(event.getAgent()).filteredOn(AuditEventAgentComponent::getRequestor).hasSize(1);
        var data = entity(event, "2");
        if (name.equals("Query")) {
            assertThat(data.getRole().getCode()).isEqualTo("24");
            assertThat(data.hasQuery()).isTrue();
            assertThat(data.hasWhat() || data.hasDetail()).isFalse();
        } else {
            assertThat(data.getRole().getCode()).isEqualTo("4");
            assertThat(data.hasWhat()).isTrue();
        }
        if (profile.contains("Patient")) {
            assertThat(entity(event, "1").getRole().getCode()).isEqualTo("1");
            assertThat(entity(event, "1").getWhat().getType()).isEqualTo("Patient");
        }
    }

    private static AuditEventAgentComponent agent(AuditEvent event, String code) {
        var found = event.getAgent().stream().filter(one -> code(one).equals(code)).toList();
        assertThat(found).as("agents of type %s", code).hasSize(1);
        return found.getFirst();
    }

    private static String code(AuditEventAgentComponent agent) {
        return agent.getType().getCodingFirstRep().getCode();
    }

    private static AuditEventEntityComponent entity(AuditEvent event, String type) {
        var found = event.getEntity().stream().filter(one -> one.getType().getCode().equals(type)).toList();
        assertThat(found).as("entities of type %s", type).hasSize(1);
        return found.getFirst();
    }

    private static Stream<Arguments> everyAct() {
        return Arrays.stream(AuditAction.values())
                .flatMap(action -> Arrays.stream(Actor.Kind.values()).map(kind -> Arguments.of(action, kind)));
    }

    private static Row row(AuditAction action, Actor.Kind kind, String actor, String object, boolean hasPatient) {
        return new Row(42, Instant.parse("2026-11-23T09:58:02.250Z"), kind, actor, Optional.of("Practitioner 1"),
                Set.of("practitioner"), "epr", action, "Assessment", object, Optional.empty(),
                hasPatient ? Optional.of(PATIENT) : Optional.empty(), Outcome.DONE, Optional.empty(), Optional.of(1),
                "192.0.2.0/24", "BROWSER");
    }

    private static final ca.uhn.fhir.validation.FhirValidator VALIDATOR = validator();

    private static ca.uhn.fhir.validation.FhirValidator validator() {
        var module = new FhirInstanceValidator(new ValidationSupportChain(new DefaultProfileValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4), new InMemoryTerminologyServerValidationSupport(R4)));
        // BALP's own rules are held in this test; the validator has only R4's.
        module.setErrorForUnknownProfiles(false);
        return R4.newValidator().registerValidatorModule(module);
    }

    private static List<String> errors(AuditEvent event) {
        return VALIDATOR.validateWithResult(event)
                .getMessages()
                .stream()
                .filter(found -> found.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                .map(SingleValidationMessage::getMessage)
                .toList();
    }

    private void assertGolden(String name, Row row) throws IOException {
        var golden = Path.of("src/test/resources/fhir/audit/" + name + ".fhir.json");
        var received = R4.newJsonParser().setPrettyPrint(true).encodeResourceToString(mapper.toFhir(row)) + "\n";
        if (!Files.exists(golden) || !Files.readString(golden).equals(received)) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden.resolveSibling(name + ".received.json"), received);
        }
        assertThat(golden).hasContent(received);
        assertThat(errors(mapper.toFhir(row))).isEmpty();
    }
}
