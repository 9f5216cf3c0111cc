// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.sluse.actor.Actor;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry.Outcome;
import org.sluse.host.audit.AuditEntries.Row;
import org.sluse.tenant.TenantId;

/**
 * An entry of a clinic's audit trail as AuditEvent, in the shape of IHE ITI Basic Audit Log Patterns (BALP) 1.1 for FHIR R4. Ids only: no name, and not the text of a search.
 *
 * <pre>
 * id                  id
 * action, objectId    type, subtype, action; meta.profile, where the act was done and BALP has a pattern for it
 * module              a further subtype
 * at                  recorded
 * outcome, reason     outcome 0 or 4, outcomeDesc
 * actor               agent "user": type, role, who.identifier, purposeOfUse where the kind of actor alone says it
 * agent, network      agent "client": who.identifier, network (a prefix); the server itself where nobody called
 * (this server)       agent "server", source
 * object              entity: what.identifier; of a list its kind and patient as query; of a disclosure the agent that receives
 * patient             entity with role Patient: what.identifier
 * objects             nowhere: "The number of results [...] are not recorded" (BALP, Query)
 * </pre>
 */
public final class AuditEventMapper {

    private final URI server;
    private final TenantId clinic;

    /** @param server the address that people type */
    public AuditEventMapper(URI server, TenantId clinic) {
        this.server = server;
        this.clinic = clinic;
    }

    /**
     * A pattern of events.
     *
     * @param profile name of BALP's profile, without {@code Patient} before it; empty where it has none
     * @param clientType, serverType, userType what the agents are in it
     */
    private record Pattern(Optional<String> profile, Coding type, Coding subtype, AuditEventAction action,
            Coding clientType, Coding serverType, Coding userType) {

        static Pattern of(Row row) {
            return switch (row.action()) {
                case READ -> row.isOfList()
                        ? rest("Query", AuditCodes.SEARCH, AuditEventAction.E, AuditCodes.SOURCE,
                                AuditCodes.DESTINATION, AuditCodes.INFORMATION_RECIPIENT)
                        : rest("Read", AuditCodes.READ, AuditEventAction.R, AuditCodes.DESTINATION, AuditCodes.SOURCE,
                                AuditCodes.INFORMATION_RECIPIENT);
                case CREATE -> rest("Create", AuditCodes.CREATE, AuditEventAction.C, AuditCodes.SOURCE,
                        AuditCodes.DESTINATION, AuditCodes.AUTHOR);
                case CHANGE -> rest("Update", AuditCodes.UPDATE, AuditEventAction.U, AuditCodes.SOURCE,
                        AuditCodes.DESTINATION, AuditCodes.AUTHOR);
                case DELETE -> rest("Delete", AuditCodes.DELETE, AuditEventAction.D, AuditCodes.APPLICATION,
                        AuditCodes.CUSTODIAN, AuditCodes.AUTHOR);
                case DISCLOSE -> new Pattern(Optional.empty(), AuditCodes.EXPORT, AuditCodes.DISCLOSE,
                        AuditEventAction.R, AuditCodes.DESTINATION, AuditCodes.SOURCE, AuditCodes.AUTHOR);
                case SIGN_IN -> other(AuditCodes.USER_AUTHENTICATION, AuditCodes.LOGIN, AuditEventAction.E);
                case SIGN_OUT -> other(AuditCodes.USER_AUTHENTICATION, AuditCodes.LOGOUT, AuditEventAction.E);
                case SWITCH_ON ->
                    other(AuditCodes.APPLICATION_ACTIVITY, AuditCodes.APPLICATION_START, AuditEventAction.E);
                case SWITCH_OFF ->
                    other(AuditCodes.APPLICATION_ACTIVITY, AuditCodes.APPLICATION_STOP, AuditEventAction.E);
            };
        }

        private static Pattern rest(String profile, Coding subtype, AuditEventAction action, Coding client,
                Coding server, Coding user) {
            return new Pattern(Optional.of(profile), AuditCodes.REST, subtype, action, client, server, user);
        }

        private static Pattern other(Coding type, Coding subtype, AuditEventAction action) {
            return new Pattern(Optional.empty(), type, subtype, action, AuditCodes.SOURCE, AuditCodes.DESTINATION,
                    AuditCodes.AUTHOR);
        }
    }

    /** The entry as FHIR. */
    public AuditEvent toFhir(Row row) {
        var pattern = Pattern.of(row);
        var event = new AuditEvent();
        event.setId(Long.toString(row.id()));
        profile(pattern, row).ifPresent(event.getMeta()::addProfile);
        event.setType(pattern.type().copy());
        event.addSubtype(pattern.subtype().copy()).addSubtype().setSystem(AuditCodes.MODULE).setCode(row.module());
        event.setAction(pattern.action()).setRecordedElement(recorded(row));
        outcome(event, row);
        agents(event, pattern, row);
        event.getSource()
                .setSite(clinic.value())
                .setObserver(this.server())
                .addType(AuditCodes.APPLICATION_SERVER.copy());
        object(event, row);
        patient(event, row);
        return event;
    }

    /** BALP's patterns are for what was done; "failures are recorded differently". */
    private static Optional<String> profile(Pattern pattern, Row row) {
        return pattern.profile()
                .filter(name -> row.outcome() == Outcome.DONE)
                .map(name -> AuditCodes.BALP + (row.patient().isPresent() ? "Patient" : "") + name);
    }

    private static InstantType recorded(Row row) {
        var recorded = new InstantType(Date.from(row.at()));
        recorded.setTimeZone(TimeZone.getTimeZone("UTC"));
        return recorded;
    }

    private static void outcome(AuditEvent event, Row row) {
        event.setOutcome(row.outcome() == Outcome.DONE ? AuditEventOutcome._0 : AuditEventOutcome._4);
        row.reason().ifPresent(event::setOutcomeDesc);
    }

    /** Of a disclosure the other side is who receives, and this server who asks when nobody else does. */
    private void agents(AuditEvent event, Pattern pattern, Row row) {
        var user = user(pattern, row);
        var leaves = row.action() == AuditAction.DISCLOSE;
        event.addAgent(leaves
                ? recipient(pattern, row).setRequestor(false)
                : client(pattern, row).setRequestor(user.isEmpty()));
        event.addAgent(new AuditEventAgentComponent().setType(concept(pattern.serverType()))
                .setWho(server())
                .setRequestor(leaves && user.isEmpty())
                .setNetwork(ownNetwork()));
        user.ifPresent(event::addAgent);
    }

    /** Its network is not in the trail: the ledger has its legal name. */
    private static AuditEventAgentComponent recipient(Pattern pattern, Row row) {
        return new AuditEventAgentComponent().setType(concept(pattern.clientType()))
                .setWho(identified(AuditCodes.OBJECT + row.objectType(), row.objectId()));
    }

    private AuditEventAgentComponent client(Pattern pattern, Row row) {
        var client = new AuditEventAgentComponent().setType(concept(pattern.clientType()));
        return row.network().isEmpty()
                ? client.setWho(row.actorKind() == Actor.Kind.TIMER
                        ? identified(AuditCodes.ACTOR, row.actorId())
                        : server()).setNetwork(ownNetwork())
                : client.setWho(identified(AuditCodes.PROGRAM, row.agent().isEmpty() ? "NONE" : row.agent()))
                        .setNetwork(new AuditEventAgentNetworkComponent().setAddress(row.network())
                                .setType(AuditEventAgentNetworkType._2));
    }

    /** Somebody who is known; the system itself and who is not known yet are no user. */
    private static Optional<AuditEventAgentComponent> user(Pattern pattern, Row row) {
        if (row.actorKind() == Actor.Kind.TIMER || row.actorKind() == Actor.Kind.ANONYMOUS) {
            return Optional.empty();
        }
        var user = new AuditEventAgentComponent().setType(concept(pattern.userType()))
                .addRole(new CodeableConcept(
                        new Coding().setSystem(AuditCodes.ACTOR_KIND).setCode(row.actorKind().name())))
                .setWho(identified(AuditCodes.ACTOR, row.actorId()))
                .setRequestor(true);
        purpose(row.actorKind()).ifPresent(code -> user.addPurposeOfUse(concept(code)));
        return Optional.of(user);
    }

    /** What somebody of the clinic looked for is not in the trail, and is not guessed. */
    private static Optional<Coding> purpose(Actor.Kind kind) {
        return switch (kind) {
            case LINK_HOLDER -> Optional.of(AuditCodes.PATIENT_REQUEST);
            case OPERATOR -> Optional.of(AuditCodes.SYSTEM_ADMINISTRATION);
            case STAFF, SYSTEM, ANONYMOUS, TIMER -> Optional.empty();
        };
    }

    /** Of a disclosure the object is who received it, an agent already; what left is in the ledger. */
    private static void object(AuditEvent event, Row row) {
        if (row.action() == AuditAction.DISCLOSE) {
            return;
        }
        var entity = event.addEntity().setType(AuditCodes.SYSTEM_OBJECT.copy());
        if (row.isOfList()) {
            var query = row.objectType() + row.patient().map(id -> "?patient=" + id).orElse("");
            entity.setRole(AuditCodes.QUERY.copy()).setQuery(query.getBytes(StandardCharsets.UTF_8));
        } else {
            entity.setRole(AuditCodes.DOMAIN_RESOURCE.copy())
                    .setWhat(identified(AuditCodes.OBJECT + row.objectType(), row.objectId()));
        }
    }

    private static void patient(AuditEvent event, Row row) {
        row.patient()
                .ifPresent(id -> event.addEntity()
                        .setType(AuditCodes.PERSON.copy())
                        .setRole(AuditCodes.PATIENT.copy())
                        .setWhat(identified(AuditCodes.PATIENT_ID, id).setType("Patient")));
    }

    private Reference server() {
        return identified(AuditCodes.URI, server.toString());
    }

    private AuditEventAgentNetworkComponent ownNetwork() {
        return new AuditEventAgentNetworkComponent().setAddress(server.toString())
                .setType(AuditEventAgentNetworkType._5);
    }

    private static Reference identified(String system, String value) {
        return new Reference().setIdentifier(new Identifier().setSystem(system).setValue(value));
    }

    private static CodeableConcept concept(Coding coding) {
        return new CodeableConcept(coding.copy());
    }
}
