// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How a test calls an endpoint: one row for each, by its name.
 *
 * @param address the path, without host; {@code {tenant}} stands for the clinic that is called
 * @param body what is sent; empty for none
 * @param open why anybody may call it; empty when somebody must be known
 */
record EndpointRow(Function<BusyClinic.Ids, String> address, Function<BusyClinic.Ids, String> body, String open) {

    /** Every row there is, by the name of its endpoint. */
    static final Map<String, EndpointRow> ALL = rows();

    /** The row of this endpoint; without one the test ends here and says what is missing. */
    static EndpointRow of(Endpoint endpoint) {
        var row = ALL.get(endpoint.name());
        if (row == null) {
            throw new AssertionError(endpoint.where() + " (" + endpoint.name() + ") has no row in EndpointRow");
        }
        return row;
    }

    private static Map<String, EndpointRow> rows() {
        var rows = new TreeMap<String, EndpointRow>();
        host(rows);
        operator(rows);
        video(rows);
        questionnaires(rows);
        others(rows);
        return rows;
    }

    private static void host(Map<String, EndpointRow> rows) {
        call(rows, "GET /{tenant}/core/me");
        call(rows, "GET /{tenant}/core/modules");
        call(rows, "GET /{tenant}/core/register");
        call(rows, "GET /{tenant}/core/register/revisions");
        call(rows, "GET /{tenant}/core/register/difference");
        call(rows, "GET /{tenant}/core/register/proof");
        call(rows, "GET /{tenant}/core/register/controller");
        call(rows, "GET /{tenant}/core/data-map");
        call(rows, "POST /{tenant}/core/subjects/export", ids -> "/core/subjects/export",
                ids -> "{\"id\": \"" + ids.patient() + "\"}");
        call(rows, "POST /{tenant}/core/subjects/erasure", ids -> "/core/subjects/erasure",
                ids -> "{\"id\": \"" + ids.patient() + "\", \"dryRun\": true}");
        call(rows, "GET /{tenant}/core/subjects/erasure-requests");
        call(rows, "DELETE /{tenant}/core/subjects/erasure-requests/{request}",
                ids -> "/core/subjects/erasure-requests/" + ids.delivery(), ids -> "");
        call(rows, "PUT /{tenant}/core/register/controller",
                "{\"name\": \"Clinic AS\", \"address\": \"Street 1\", \"contact\": \"post@clinic.example\"}");
        call(rows, "GET /{tenant}/core/audit");
        call(rows, "GET /{tenant}/core/audit/proof");
        call(rows, "GET /{tenant}/core/audit/export");
        call(rows, "GET /{tenant}/{plugin}/accesses", ids -> "/epr/accesses", ids -> "");
        call(rows, "GET /{tenant}/core/ledger");
        call(rows, "GET /{tenant}/core/ledger/export");
        call(rows, "GET /{tenant}/core/ledger/comparison");
        call(rows, "POST /{tenant}/core/ledger/comparison");
        call(rows, "POST /{tenant}/core/ledger/comparison/{row}/looked-into",
                ids -> "/core/ledger/comparison/" + ids.delivery() + "/looked-into", ids -> "");
        call(rows, "GET /{tenant}/core/people");
        call(rows, "POST /{tenant}/core/people", """
                {"subject": "practitioner-2", "name": "Practitioner 2", "roles": ["practitioner"]}""");
        call(rows, "PUT /{tenant}/core/people/{id}", ids -> "/core/people/" + ids.person(),
                ids -> "{\"name\": \"Practitioner 3\"}");
        call(rows, "GET /{tenant}/core/people/{id}/earlier", ids -> "/core/people/" + ids.person() + "/earlier",
                ids -> "");
        call(rows, "GET /{tenant}/core/me/entry");
        call(rows, "PUT /{tenant}/core/me/entry", "{\"name\": \"Practitioner 3\"}");
        call(rows, "GET /{tenant}/core/me/entry/earlier");
        call(rows, "DELETE /{tenant}/core/people/{id}", ids -> "/core/people/" + ids.person(), ids -> "");
        call(rows, "GET /{tenant}/core/leave");
        call(rows, "POST /{tenant}/core/leave", "{\"name\": \"another clinic\"}");
        call(rows, "DELETE /{tenant}/core/leave");
        call(rows, "GET /{tenant}/core/papers");
        call(rows, "POST /{tenant}/core/papers", Clinic.paper("AGREEMENT", ""));
        call(rows, "POST /{tenant}/core/papers/{id}/end", ids -> "/core/papers/" + ids.paper() + "/end", ids -> "");
        call(rows, "PUT /{tenant}/core/modules/{id}", ids -> "/core/modules/video", ids -> "{\"on\": false}");
        call(rows, "PUT /{tenant}/core/modules/{id}/settings", ids -> "/core/modules/epr/settings",
                ids -> "{\"crisisLine\": \"116 117\"}");
        open(rows, "GET /{tenant}/core/notice", "says what every privacy notice of the clinic says", "");
        open(rows, "GET /{tenant}/core/sign-in", "says who vouches for the clinic's staff", "");
        open(rows, "GET /{tenant}/core/sign-in/start", "leads to who vouches for the clinic's staff", "");
        open(rows, "GET /{tenant}/core/sign-in/callback", "takes an answer to a question of the same browser", "");
        open(rows, "POST /{tenant}/core/sign-out", "ends the caller's own session", "");
        open(rows, "POST /{tenant}/core/set-up", "takes a one-time code",
                """
                        {"code": "AAAAAAAA", "issuer": "https://issuer.example", "clientId": "a", "subject": "b", "name": "c"}""");
    }

    private static void operator(Map<String, EndpointRow> rows) {
        operated(rows, "GET /operate/tenants", "", "");
        operated(rows, "GET /operate/tenants/{id}", "/{tenant}", "");
        operated(rows, "POST /operate/tenants/{id}/set-up-link", "/{tenant}/set-up-link", "");
        operated(rows, "POST /operate/tenants", "", "{\"name\": \"Clinic of nobody\"}");
        operated(rows, "PUT /operate/tenants/{id}/plugins/{plugin}", "/{tenant}/plugins/video", "{\"on\": false}");
        operated(rows, "PUT /operate/tenants/{id}/plugins/{plugin}/settings", "/{tenant}/plugins/epr/settings",
                "{\"crisisLine\": \"116 117\"}");
        operated(rows, "POST /operate/tenants/{id}/people", "/{tenant}/people",
                "{\"subject\": \"practitioner-2\", \"name\": \"Practitioner 2\", \"roles\": [\"practitioner\"]}");
        operated(rows, "POST /operate/tenants/{id}/move", "/{tenant}/move",
                "{\"location\": \"frankfurt\", \"dryRun\": true}");
        operated(rows, "GET /operate/tenants/{id}/export", "/{tenant}/export", "");
        operated(rows, "POST /operate/tenants/{id}/off-boarding", "/{tenant}/off-boarding", "{\"dryRun\": true}");
        operated(rows, "GET /operate/tenants/{id}/certificate", "/{tenant}/certificate", "");
        operated(rows, "GET /operate/tenants/{id}/papers", "/{tenant}/papers", "");
        operated(rows, "POST /operate/tenants/{id}/papers", "/{tenant}/papers", Clinic.paper("AGREEMENT", ""));
        rows.put("POST /operate/tenants/{id}/papers/{paper}/end", new EndpointRow(
                ids -> "/api/operate/tenants/{tenant}/papers/" + ids.paper() + "/end", ids -> "", ""));
        platform(rows, "GET /operate/me", "/me", "");
        platform(rows, "POST /operate/links", "/links", "");
        platform(rows, "DELETE /operate/sessions", "/sessions", "");
        platform(rows, "GET /operate/log", "/log", "");
        platform(rows, "GET /operate/logs", "/logs", "");
        platform(rows, "GET /operate/logs/proof", "/logs/proof", "");
        platform(rows, "POST /operate/logs/acknowledgement", "/logs/acknowledgement", "{\"why\": \"A test\"}");
        platform(rows, "GET /operate/register", "/register", "");
        open(rows, "POST /operate/sign-in", "takes a one-time code", "{\"code\": \"AAAAAAAA\"}");
        open(rows, "POST /operate/sign-out", "ends the caller's own session", "");
        platform(rows, "GET /operate/nodes", "/nodes", "");
        platform(rows, "GET /operate/firewall", "/firewall", "");
        platform(rows, "GET /operate/comparisons", "/comparisons", "");
        platform(rows, "GET /operate/backups", "/backups", "");
        platform(rows, "POST /operate/backups", "/backups", "{\"tenant\": \"clinic-of-nobody\"}");
        operated(rows, "POST /operate/tenants/{id}/keys/rotation", "/{tenant}/keys/rotation", "{}");
        platform(rows, "PUT /operate/root-key", "/root-key", "{\"service\": \"of nobody\"}");
        platform(rows, "DELETE /operate/root-key", "/root-key", "");
        platform(rows, "GET /operate/plugins", "/plugins", "");
        platform(rows, "PUT /operate/plugins/{plugin}/kill", "/plugins/epr/kill",
                "{\"killed\": false, \"recipient\": \"epr\", \"why\": \"A test\"}");
        platform(rows, "PUT /operate/plugins/{plugin}/rollout", "/plugins/epr/rollout",
                "{\"stage\": \"EVERYBODY\", \"why\": \"A test\"}");
        operated(rows, "GET /operate/tenants/{id}/register", "/{tenant}/register", "");
        operated(rows, "POST /operate/tenants/{id}/subjects/export", "/{tenant}/subjects/export",
                "{\"id\": \"nobody's number\"}");
        operated(rows, "POST /operate/tenants/{id}/subjects/erasure", "/{tenant}/subjects/erasure",
                "{\"id\": \"nobody's number\", \"dryRun\": true}");
        operated(rows, "GET /operate/tenants/{id}/subjects/erasure-requests", "/{tenant}/subjects/erasure-requests",
                "");
        operated(rows, "DELETE /operate/tenants/{id}/subjects/erasure-requests/{request}",
                "/{tenant}/subjects/erasure-requests/00000000-0000-4000-8000-000000000000", "");
        operated(rows, "GET /operate/tenants/{id}/remains", "/{tenant}/remains", "");
        operated(rows, "GET /operate/tenants/{id}/remains/{plugin}", "/{tenant}/remains/loan", "");
        operated(rows, "DELETE /operate/tenants/{id}/remains/{plugin}", "/{tenant}/remains/loan", "");
        operated(rows, "GET /operate/tenants/{id}/register/proof", "/{tenant}/register/proof", "");
        operated(rows, "GET /operate/tenants/{id}/log/proof", "/{tenant}/log/proof", "");
        operated(rows, "POST /operate/tenants/{id}/log/acknowledgement", "/{tenant}/log/acknowledgement",
                "{\"why\": \"A test\"}");
    }

    private static void video(Map<String, EndpointRow> rows) {
        call(rows, "GET /{tenant}/video/sessions");
        call(rows, "POST /{tenant}/video/sessions",
                """
                        {"startsAt": "2099-01-01T10:00:00Z", "minutes": 30, "patientLabel": "Patient 9", "displayName": "Nina"}""");
        call(rows, "GET /{tenant}/video/sessions/{id}", ids -> "/video/sessions/" + ids.session(), ids -> "");
        for (var act : new String[]{"invitations", "no-show", "cancel", "end"}) {
            call(rows, "POST /{tenant}/video/sessions/{id}/" + act,
                    ids -> "/video/sessions/" + ids.session() + "/" + act, ids -> "{}");
        }
        call(rows, "PUT /{tenant}/video/sessions/{id}/time", ids -> "/video/sessions/" + ids.session() + "/time",
                ids -> "{\"startsAt\": \"2099-01-01T10:00:00Z\", \"minutes\": 30}");
        call(rows, "GET /{tenant}/video/colleagues");
        call(rows, "POST /{tenant}/video/sessions/{id}/participants",
                ids -> "/video/sessions/" + ids.session() + "/participants",
                ids -> "{\"role\": \"RELATIVE\", \"label\": \"Mother of patient 9\", \"displayName\": \"Anna\"}");
        call(rows, "POST /{tenant}/video/sessions/{id}/participants/{participant}/invitations",
                ids -> "/video/sessions/" + ids.session() + "/participants/AAAAAAAAAAAAAAAAAAAAAA/invitations",
                ids -> "{}");
        call(rows, "DELETE /{tenant}/video/sessions/{id}/participants/{participant}",
                ids -> "/video/sessions/" + ids.session() + "/participants/AAAAAAAAAAAAAAAAAAAAAA", ids -> "");
        call(rows, "POST /{tenant}/video/tickets/today", "{}");
        call(rows, "POST /{tenant}/video/tickets/sessions/{id}", ids -> "/video/tickets/sessions/" + ids.session(),
                ids -> "{}");
        rows.put("POST /{tenant}/video/invitations/exchange",
                new EndpointRow(ids -> "/api/{tenant}/video/invitations/exchange",
                        ids -> "{\"code\": \"" + ids.invitationCode() + "\"}", "takes a one-time code"));
        rows.put("POST /{tenant}/video/invitations/ask",
                new EndpointRow(ids -> "/api/{tenant}/video/invitations/ask", ids -> "{\"code\": \"none\"}",
                        "answers alike whatever the code is"));
        open(rows, "POST /{tenant}/video/whereby/events", "proves over the raw bytes who has sent them",
                "{\"id\": \"event-1\", \"type\": \"room.client.joined\"}");
        call(rows, "PUT /{tenant}/video/invitations/me/display-name", "{\"displayName\": \"Nina\"}");
        call(rows, "PUT /{tenant}/video/invitations/me/rating", "{\"rating\": \"GOOD\"}");
        call(rows, "GET /{tenant}/video/invitations/me/calendar");
        call(rows, "POST /{tenant}/video/invitations/me/ticket", "{}");
    }

    private static void questionnaires(Map<String, EndpointRow> rows) {
        call(rows, "GET /{tenant}/epr/patients");
        call(rows, "POST /{tenant}/epr/patients", "{\"number\": \"P-9\"}");
        call(rows, "GET /{tenant}/epr/patients/{id}", ids -> "/epr/patients/" + ids.patient(), ids -> "");
        call(rows, "PUT /{tenant}/epr/patients/{id}", ids -> "/epr/patients/" + ids.patient(),
                ids -> "{\"number\": \"P-10\"}");
        call(rows, "GET /{tenant}/epr/patients/{id}/earlier", ids -> "/epr/patients/" + ids.patient() + "/earlier",
                ids -> "");
        call(rows, "GET /{tenant}/epr/instruments");
        call(rows, "POST /{tenant}/epr/instruments/{id}/wordings", ids -> "/epr/instruments/isi/wordings",
                ids -> "{\"file\": \"{}\"}");
        call(rows, "GET /{tenant}/epr/forms");
        call(rows, "POST /{tenant}/epr/forms", "{\"file\": \"{}\"}");
        call(rows, "GET /{tenant}/epr/form-assessments", ids -> "/epr/form-assessments?patient=" + ids.patient(),
                ids -> "");
        call(rows, "POST /{tenant}/epr/form-assessments", ids -> "/epr/form-assessments", ids -> "{\"patient\": \""
                + ids.patient() + "\", \"form\": \"" + ids.delivery() + "\", \"language\": \"en\"}");
        call(rows, "GET /{tenant}/epr/form-assessments/{id}", ids -> "/epr/form-assessments/" + ids.delivered(),
                ids -> "");
        call(rows, "POST /{tenant}/epr/form-assessments/{id}/link",
                ids -> "/epr/form-assessments/" + ids.begun() + "/link", ids -> "");
        call(rows, "POST /{tenant}/epr/form-assessments/{id}/withdrawal",
                ids -> "/epr/form-assessments/" + ids.begun() + "/withdrawal", ids -> "");
        call(rows, "GET /{tenant}/epr/form");
        call(rows, "PUT /{tenant}/epr/form", "{\"version\": 0, \"answers\": {}}");
        call(rows, "POST /{tenant}/epr/form/send", "{\"version\": 0}");
        call(rows, "GET /{tenant}/epr/deputy");
        call(rows, "PUT /{tenant}/epr/deputy", "{\"practitioner\": \"nobody\", \"afterMinutes\": 60}");
        call(rows, "DELETE /{tenant}/epr/deputy");
        call(rows, "GET /{tenant}/epr/needs");
        call(rows, "GET /{tenant}/epr/changes");
        call(rows, "GET /{tenant}/epr/assessments", ids -> "/epr/assessments?patient=" + ids.patient(), ids -> "");
        call(rows, "POST /{tenant}/epr/assessments", ids -> "/epr/assessments",
                ids -> "{\"patient\": \"" + ids.patient() + "\", \"instrument\": \"phq-9\", \"language\": \"en\"}");
        call(rows, "GET /{tenant}/epr/assessments/{id}", ids -> "/epr/assessments/" + ids.delivered(), ids -> "");
        call(rows, "POST /{tenant}/epr/assessments/{id}/acknowledgement",
                ids -> "/epr/assessments/" + ids.delivered() + "/acknowledgement", ids -> "{\"note\": \"Seen\"}");
        call(rows, "POST /{tenant}/epr/assessments/{id}/link", ids -> "/epr/assessments/" + ids.begun() + "/link",
                ids -> "");
        call(rows, "POST /{tenant}/epr/assessments/{id}/withdrawal",
                ids -> "/epr/assessments/" + ids.begun() + "/withdrawal", ids -> "");
        call(rows, "GET /{tenant}/epr/deliveries", ids -> "/epr/deliveries?assessment=" + ids.delivered(), ids -> "");
        call(rows, "GET /{tenant}/epr/deliveries/{id}/message", ids -> "/epr/deliveries/" + ids.delivery() + "/message",
                ids -> "");
        call(rows, "POST /{tenant}/epr/deliveries/{id}/resend", ids -> "/epr/deliveries/" + ids.delivery() + "/resend",
                ids -> "");
        call(rows, "GET /{tenant}/epr/sandbox");
        call(rows, "POST /{tenant}/epr/sandbox/misbehaviour", "{\"kind\": \"SLOW\", \"times\": 1}");
        rows.put("POST /{tenant}/epr/questionnaire/exchange",
                new EndpointRow(ids -> "/api/{tenant}/epr/questionnaire/exchange",
                        ids -> "{\"code\": \"" + ids.questionnaireCode() + "\"}", "takes a one-time code"));
        call(rows, "GET /{tenant}/epr/questionnaire");
        call(rows, "PUT /{tenant}/epr/questionnaire/answers/{linkId}", ids -> "/epr/questionnaire/answers/44250-9",
                ids -> "{\"code\": \"LA6571-9\"}");
        call(rows, "POST /{tenant}/epr/questionnaire/send", "");
    }

    private static void others(Map<String, EndpointRow> rows) {
        rows.put("SERVLET /", new EndpointRow(ids -> "/{tenant}/today", ids -> "", "a page without anybody's data"));
        open(rows, "GET /log-key", "says with which public key logs are signed", "");
        open(rows, "GET /subprocessors", "says whom the platform engages, and nothing of a clinic", "");
        rows.put("SERVLET /operate/*",
                new EndpointRow(ids -> "/operate/clinics", ids -> "", "a page without anybody's data"));
        rows.put("SERVLET /subprocessors",
                new EndpointRow(ids -> "/subprocessors", ids -> "", "a page without anybody's data"));
        rows.put("SERVLET /ui/*",
                new EndpointRow(ids -> "/ui/{tenant}/video/join.js", ids -> "", "a file without anybody's data"));
        rows.put("SERVLET /openapi/*",
                new EndpointRow(ids -> "/openapi/{tenant}", ids -> "", "a document without anybody's data"));
        fhir(rows, "SERVLET /fhir/*", ids -> "/fhir/{tenant}/Observation?patient=" + ids.patient());
        fhir(rows, "SERVLET /sandbox/*", ids -> "/sandbox/{tenant}/Observation");
        for (var type : new String[]{"Observation", "QuestionnaireResponse"}) {
            fhir(rows, "FHIR " + type + "Provider.read", ids -> "/fhir/{tenant}/" + type + "/" + ids.delivered());
            fhir(rows, "FHIR " + type + "Provider.search",
                    ids -> "/fhir/{tenant}/" + type + "?patient=" + ids.patient());
        }
        fhir(rows, "FHIR ExtractOperation.extractOne",
                ids -> "/fhir/{tenant}/QuestionnaireResponse/" + ids.delivered() + "/$extract");
        fhir(rows, "FHIR ExtractOperation.extract", ids -> "/fhir/{tenant}/QuestionnaireResponse/$extract",
                """
                        {"resourceType": "Parameters", "parameter": [{"name": "questionnaire-response", "resource":
                         {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": "https://sluse.org/fhir/Questionnaire/phq-9"}}]}""");
        fhir(rows, "FHIR PopulateOperation.populateOne", ids -> "/fhir/{tenant}/Questionnaire/phq-9/$populate",
                "{\"resourceType\": \"Parameters\"}");
        fhir(rows, "FHIR PopulateOperation.populate", ids -> "/fhir/{tenant}/Questionnaire/$populate",
                """
                        {"resourceType": "Parameters", "parameter": [{"name": "questionnaire",
                         "valueUri": "https://sluse.org/fhir/Questionnaire/phq-9"}]}""");
        fhir(rows, "FHIR AuditEventProvider.read", ids -> "/fhir/{tenant}/AuditEvent/1");
        fhir(rows, "FHIR AuditEventProvider.search", ids -> "/fhir/{tenant}/AuditEvent");
        fhir(rows, "FHIR QuestionnaireProvider.read", ids -> "/fhir/{tenant}/Questionnaire/phq-9");
        fhir(rows, "FHIR QuestionnaireProvider.search", ids -> "/fhir/{tenant}/Questionnaire");
        fhir(rows, "FHIR SandboxProvider.read", ids -> "/sandbox/{tenant}/Patient/" + ids.patient());
        fhir(rows, "FHIR SandboxProvider.history", ids -> "/sandbox/{tenant}/Patient/" + ids.patient() + "/_history");
        fhir(rows, "FHIR SandboxProvider.search", ids -> "/sandbox/{tenant}/Patient");
        fhir(rows, "FHIR SandboxProvider.create", ids -> "/sandbox/{tenant}/Patient",
                "{\"resourceType\": \"Patient\"}");
        fhir(rows, "FHIR SandboxProvider.update", ids -> "/sandbox/{tenant}/Patient/" + ids.patient(),
                "{\"resourceType\": \"Patient\"}");
        fhir(rows, "FHIR TransactionProvider.transaction", ids -> "/sandbox/{tenant}",
                "{\"resourceType\": \"Bundle\", \"type\": \"transaction\"}");
        rows.put("SOCKET /ws/{tenant}/{plugin}", new EndpointRow(ids -> "/ws/{tenant}/epr", ids -> "", ""));
        rows.put("SOCKET VideoLiveHandler", new EndpointRow(ids -> "/ws/{tenant}/video", ids -> "", ""));
    }

    private static void call(Map<String, EndpointRow> rows, String name) {
        call(rows, name, "");
    }

    private static void call(Map<String, EndpointRow> rows, String name, String body) {
        var path = name.substring(name.indexOf("}/") + 1);
        call(rows, name, ids -> path, ids -> body);
    }

    private static void call(Map<String, EndpointRow> rows, String name, Function<BusyClinic.Ids, String> path,
            Function<BusyClinic.Ids, String> body) {
        rows.put(name, new EndpointRow(ids -> "/api/{tenant}" + path.apply(ids), body, ""));
    }

    private static void open(Map<String, EndpointRow> rows, String name, String why, String body) {
        var path = name.substring(name.indexOf(' ') + 1);
        rows.put(name, new EndpointRow(ids -> "/api" + path, ids -> body, why));
    }

    private static void operated(Map<String, EndpointRow> rows, String name, String path, String body) {
        rows.put(name, new EndpointRow(ids -> "/api/operate/tenants" + path, ids -> body, ""));
    }

    private static void platform(Map<String, EndpointRow> rows, String name, String path, String body) {
        rows.put(name, new EndpointRow(ids -> "/api/operate" + path, ids -> body, ""));
    }

    private static void fhir(Map<String, EndpointRow> rows, String name, Function<BusyClinic.Ids, String> address) {
        fhir(rows, name, address, "");
    }

    private static void fhir(Map<String, EndpointRow> rows, String name, Function<BusyClinic.Ids, String> address,
            String body) {
        rows.put(name, new EndpointRow(address, ids -> body, ""));
    }
}
