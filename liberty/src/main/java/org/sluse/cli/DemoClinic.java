// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Clinic North with both plugins on, two members of staff, a patient who is invited, and a questionnaire that waits for an answer. */
final class DemoClinic {

    private static final String TENANT = "clinic-north";
    private static final String NAME = "Clinic North";

    private static final String SANDBOX = "/sandbox/" + TENANT;

    private final Operator operator;
    private final URI server;
    private final URI issuer;
    private final Clock clock;

    DemoClinic(Operator operator, URI server, URI issuer, Clock clock) {
        this.operator = operator;
        this.server = server;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Makes what is missing, and fresh links; a word and an address each, in the order in which they are printed. */
    Map<String, String> prepare() {
        if (operator.tenants().noneMatch(tenant -> TENANT.equals(tenant.getString("id")))) {
            create();
        }
        settle();
        var practitioner = StaffMember.signIn(server, TENANT, "practitioner-1", "Practitioner 1");
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("console", at("/" + TENANT + "/admin/modules"));
        addresses.put("practitioner", at("/" + TENANT + "/today"));
        addresses.put("patient",
                practitioner.invite("Patient 4", "Kari", clock.instant().truncatedTo(ChronoUnit.MINUTES)));
        addresses.put("questionnaire", practitioner.assignPhq9("1004", "Patient 4"));
        addresses.put("register", at("/" + TENANT + "/admin/register"));
        addresses.put("epr", at(SANDBOX));
        addresses.put("health", at("/health/ready"));
        return addresses;
    }

    private void create() {
        operator.createTenant(Json.createObjectBuilder()
                .add("name", NAME)
                .add("issuer", issuer.toString())
                .add("clientId", "sluse")
                .add("clientSecret", "demo")
                .add("admin", "administrator-1")
                .build());
        operator.addPerson(TENANT,
                Json.createObjectBuilder()
                        .add("subject", "practitioner-1")
                        .add("name", "Practitioner 1")
                        .add("roles", list("PRACTITIONER"))
                        .build());
    }

    /** Each time, for the port may be another one today. */
    private void settle() {
        operator.set(TENANT, "epr",
                Json.createObjectBuilder()
                        .add("name", "Sandbox EPR (this machine)")
                        .add("address", "This machine")
                        .add("country", "NO")
                        .add("base", at(SANDBOX))
                        .add("bearer", "sandbox")
                        .add("sandboxCreatesPatients", true)
                        .build());
        operator.requiredPapers(TENANT)
                .stream()
                .filter(required -> !"HOLDS".equals(required.getString("state")))
                .forEach(this::file);
        on("video", "addresses-visible");
        on("epr", "crisis-numbers");
    }

    /** A paper as a clinic would file it; the document that it stands for is this very sentence. */
    private void file(JsonObject required) {
        operator.filePaper(TENANT,
                Json.createObjectBuilder()
                        .add("module", required.getString("module"))
                        .add("recipient", required.getString("recipient"))
                        .add("kind", required.getString("kind"))
                        .add("version", "Demo")
                        .add("signer", "Administrator 1")
                        .add("signedOn", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString())
                        .add("sha256", Sha256.of("A paper of the demo. Nobody has signed it."))
                        .build());
    }

    private void on(String plugin, String... accepted) {
        JsonObject result = operator.turn(TENANT, plugin,
                Json.createObjectBuilder().add("on", true).add("accept", list(accepted)).build());
        if (!"on".equalsIgnoreCase(result.getString("state"))) {
            throw StoppedShortException
                    .cannotStart("The demo clinic's module '%s' cannot be switched on: %s".formatted(plugin, result));
        }
    }

    private static JsonArray list(String... texts) {
        var list = Json.createArrayBuilder();
        for (var text : texts) {
            list.add(text);
        }
        return list.build();
    }

    private String at(String path) {
        return server.resolve(path).toString();
    }
}
