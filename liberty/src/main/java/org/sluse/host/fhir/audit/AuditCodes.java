// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import org.hl7.fhir.r4.model.Coding;

/** Every system and code of an AuditEvent, with where it comes from. */
final class AuditCodes {

    /** IHE ITI Basic Audit Log Patterns 1.1, canonical address of a profile; its name follows. */
    static final String BALP = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String RESTFUL = "http://hl7.org/fhir/restful-interaction";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";

    /** BALP, {@code type} of the basic patterns. */
    static final Coding REST = new Coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest",
            "Restful Operation");
    /** DICOM PS3.16, CID 400: "Audit event: Export", as in BALP's privacy disclosure at the source. */
    static final Coding EXPORT = new Coding(DICOM, "110106", "Export");
    /** DICOM PS3.16, CID 400: "Audit event: User Authentication has occurred or been attempted". */
    static final Coding USER_AUTHENTICATION = new Coding(DICOM, "110114", "User Authentication");
    /** DICOM PS3.16, CID 400: "Audit event: Application Activity has taken place". */
    static final Coding APPLICATION_ACTIVITY = new Coding(DICOM, "110100", "Application Activity");

    /** BALP, {@code subtype} of Read. */
    static final Coding READ = new Coding(RESTFUL, "read", "read");
    /** BALP, {@code subtype} of Query. */
    static final Coding SEARCH = new Coding(RESTFUL, "search", "search");
    /** BALP, {@code subtype} of Create. */
    static final Coding CREATE = new Coding(RESTFUL, "create", "create");
    /** BALP, {@code subtype} of Update. */
    static final Coding UPDATE = new Coding(RESTFUL, "update", "update");
    /** BALP, {@code subtype} of Delete. */
    static final Coding DELETE = new Coding(RESTFUL, "delete", "delete");
    /** BALP, {@code subtype} of a privacy disclosure (ISO 21089). */
    static final Coding DISCLOSE = new Coding("http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "disclose",
            "Disclose Record Lifecycle Event");
    /** DICOM PS3.16, CID 401. */
    static final Coding LOGIN = new Coding(DICOM, "110122", "Login");
    /** DICOM PS3.16, CID 401. */
    static final Coding LOGOUT = new Coding(DICOM, "110123", "Logout");
    /** DICOM PS3.16, CID 401. */
    static final Coding APPLICATION_START = new Coding(DICOM, "110120", "Application Start");
    /** DICOM PS3.16, CID 401. */
    static final Coding APPLICATION_STOP = new Coding(DICOM, "110121", "Application Stop");

    /** BALP, {@code agent.type}: from whom the data, or the question, flows. */
    static final Coding SOURCE = new Coding(DICOM, "110153", "Source Role ID");
    /** BALP, {@code agent.type}: to whom it flows. */
    static final Coding DESTINATION = new Coding(DICOM, "110152", "Destination Role ID");
    /** BALP, {@code agent.type} of the client that deletes. */
    static final Coding APPLICATION = new Coding(DICOM, "110150", "Application");
    /** BALP, {@code agent.type} of the server at which something is deleted. */
    static final Coding CUSTODIAN = new Coding("http://terminology.hl7.org/CodeSystem/provenance-participant-type",
            "custodian", "Custodian");
    /** BALP, {@code agent.type} of who reads. */
    static final Coding INFORMATION_RECIPIENT = new Coding(PARTICIPATION, "IRCP", "information recipient");
    /** BALP, {@code agent.type} of who creates, changes or deletes. */
    static final Coding AUTHOR = new Coding(PARTICIPATION, "AUT", "author (originator)");

    /** HL7 v3 ActReason, PurposeOfUse: at the patient's request. */
    static final Coding PATIENT_REQUEST = new Coding(REASON, "PATRQT", "patient requested");
    /** HL7 v3 ActReason, PurposeOfUse: the system's administration. */
    static final Coding SYSTEM_ADMINISTRATION = new Coding(REASON, "HSYSADMIN", "health system administration");

    /** BALP, {@code entity.type} of a patient. */
    static final Coding PERSON = new Coding(ENTITY_TYPE, "1", "Person");
    /** BALP, {@code entity.type} of everything else. */
    static final Coding SYSTEM_OBJECT = new Coding(ENTITY_TYPE, "2", "System Object");
    /** BALP, {@code entity.role} of a patient. */
    static final Coding PATIENT = new Coding(ENTITY_ROLE, "1", "Patient");
    /** BALP, {@code entity.role} of an object. */
    static final Coding DOMAIN_RESOURCE = new Coding(ENTITY_ROLE, "4", "Domain Resource");
    /** BALP, {@code entity.role} of what was searched for. */
    static final Coding QUERY = new Coding(ENTITY_ROLE, "24", "Query");

    /** FHIR R4, value set audit-source-type. */
    static final Coding APPLICATION_SERVER = new Coding("http://terminology.hl7.org/CodeSystem/security-source-type",
            "4", "Application Server");

    /** FHIR R4, Identifier.system for values that are URIs (RFC 3986). */
    static final String URI = "urn:ietf:rfc:3986";
    /** Ours: ids of those who act, as in the clinic's audit trail. */
    static final String ACTOR = "https://sluse.org/fhir/actor";
    /** Ours: what acts; a name of {@code Actor.Kind}. */
    static final String ACTOR_KIND = "https://sluse.org/fhir/actor-kind";
    /** Ours: by which kind of program; a name of {@code Source.Agent}. */
    static final String PROGRAM = "https://sluse.org/fhir/program";
    /** Ours: whose act it is, a module's id or {@code core}; a further subtype. */
    static final String MODULE = "https://sluse.org/fhir/module";
    /** Ours: the clinic's internal ids of patients. */
    static final String PATIENT_ID = "https://sluse.org/fhir/patient";
    /** Ours: ids of objects; their kind in code's words follows. */
    static final String OBJECT = "https://sluse.org/fhir/object/";

    private AuditCodes() {
    }
}
