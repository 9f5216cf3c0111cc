// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operator of the running server of a data folder; the token in the folder proves it. */
final class Operator {

    private static final Duration PATIENCE_FOR_A_BACKUP = Duration.ofHours(12);

    private final Http http;

    private Operator(Http http) {
        this.http = http;
    }

    static Operator of(DataFolder data) {
        var port = data.server()
                .process()
                .flatMap(_ -> data.port().read())
                .orElseThrow(() -> StoppedShortException
                        .noServer("No server is running for %s; right would be 'sluse start --data %s'."
                                .formatted(data.path(), data.path())));
        var token = data.token()
                .read()
                .orElseThrow(() -> StoppedShortException.refused(
                        "%s is missing; right would be to stop the server and start it again, which makes one."
                                .formatted(data.token().file())));
        var headers = new HashMap<>(Map.of("Authorization", "Bearer " + token));
        account(System.getProperty("user.name", "")).ifPresent(name -> headers.put("X-Sluse-Operator", name));
        return new Operator(
                new Http(URI.create("http://127.0.0.1:" + port), headers, HttpClient.Redirect.NEVER));
    }

    /** The account of the operating system as the server takes it: for the log, and no proof. Letters that do not print are left out, and what is longer than 64. */
    static Optional<String> account(String user) {
        var name = user.codePoints()
                .filter(letter -> Character.isLetterOrDigit(letter) || " ._-@".indexOf(letter) >= 0)
                .limit(64)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return name.isEmpty() ? Optional.empty() : Optional.of(segment(name));
    }

    /** Every tenant, by id; fetched page by page. */
    Stream<JsonObject> tenants() {
        return Stream
                .iterate(Optional.of(tenants("")), Optional::isPresent,
                        page -> page.filter(one -> one.getBoolean("more")).map(one -> tenants(lastId(one))))
                .flatMap(Optional::stream)
                .flatMap(page -> page.getJsonArray("tenants").getValuesAs(JsonObject.class).stream());
    }

    private JsonObject tenants(String after) {
        return http.get("/api/operate/tenants?size=500&after=" + segment(after)).asJsonObject();
    }

    private static String lastId(JsonObject page) {
        return page.getJsonArray("tenants").getValuesAs(JsonObject.class).getLast().getString("id");
    }

    /** A way into the console that works once: {@code url} and {@code expires}. */
    JsonObject link() {
        return http.post("/api/operate/links", JsonObject.EMPTY_JSON_OBJECT).asJsonObject();
    }

    /** Ends every session in the console, and every link. */
    void endSessions() {
        http.delete("/api/operate/sessions");
    }

    /**
     * A page of the operator's log, the newest first: {@code rows} and {@code more}.
     *
     * @param search by name of the parameter; an empty value does not matter
     */
    JsonObject log(Map<String, String> search) {
        return http.get("/api/operate/log?" + search.entrySet()
                .stream()
                .map(one -> one.getKey() + "=" + segment(one.getValue()))
                .collect(Collectors.joining("&"))).asJsonObject();
    }

    JsonObject createTenant(JsonObject tenant) {
        return http.post("/api/operate/tenants", tenant).asJsonObject();
    }

    /** Moves a tenant: {@code from}, {@code to}, {@code rows}, {@code bytes}, {@code millis}, {@code done}. */
    JsonObject move(String tenant, JsonObject wish) {
        return http.post(path(tenant) + "/move", wish, PATIENCE_FOR_A_BACKUP).asJsonObject();
    }

    /** Off-boards a tenant: {@code rows}, {@code tables}, {@code bytes}, {@code backups}, {@code keyCopies}, and {@code request} before it is done, {@code certificate} afterwards. */
    JsonObject offBoard(String tenant, boolean dryRun) {
        return http.post(path(tenant) + "/off-boarding", Json.createObjectBuilder().add("dryRun", dryRun).build(),
                PATIENCE_FOR_A_BACKUP).asJsonObject();
    }

    /** Reads everything that a tenant keeps, a zip, while it comes. */
    void exportTenant(String tenant, Optional<String> language, Function<InputStream, Boolean> read) {
        http.stream(path(tenant) + "/export" + language.map(code -> "?lang=" + segment(code)).orElse(""), read);
    }

    /** The certificate of a tenant that was off-boarded. */
    JsonObject certificate(String tenant, Optional<String> language) {
        return http.get(path(tenant) + "/certificate" + language.map(code -> "?lang=" + segment(code)).orElse(""))
                .asJsonObject();
    }

    JsonObject turn(String tenant, String plugin, JsonObject wish) {
        return http.put(path(tenant) + "/plugins/" + segment(plugin), wish).asJsonObject();
    }

    /** Every node of the installation. */
    List<JsonObject> nodes() {
        return http.get("/api/operate/nodes").asJsonArray().getValuesAs(JsonObject.class);
    }

    /** Where the installation connects to. */
    JsonObject firewall() {
        return http.get("/api/operate/firewall").asJsonObject();
    }

    /** Every plugin, and what is decided about it for all tenants. */
    List<JsonObject> plugins() {
        return http.get("/api/operate/plugins")
                .asJsonObject()
                .getJsonArray("plugins")
                .getValuesAs(JsonObject.class);
    }

    /** Decides about a plugin for all tenants. @param what {@code kill} or {@code rollout} */
    JsonObject decide(String plugin, String what, JsonObject wish) {
        return http.put("/api/operate/plugins/" + segment(plugin) + "/" + what, wish).asJsonObject();
    }

    void addPerson(String tenant, JsonObject person) {
        http.post(path(tenant) + "/people", person);
    }

    void set(String tenant, String plugin, JsonObject settings) {
        http.put(path(tenant) + "/plugins/" + segment(plugin) + "/settings", settings);
    }

    /** The papers that the clinic's recipients need, and how each stands. */
    List<JsonObject> requiredPapers(String tenant) {
        return http.get(path(tenant) + "/papers")
                .asJsonObject()
                .getJsonArray("required")
                .getValuesAs(JsonObject.class);
    }

    void filePaper(String tenant, JsonObject paper) {
        http.post(path(tenant) + "/papers", paper);
    }

    String register(String tenant, String format, Optional<String> language, Optional<String> asOf) {
        return http
                .text(path(tenant) + "/register?format=" + format
                        + language.map(code -> "&lang=" + segment(code)).orElse("")
                        + asOf.map(day -> "&as-of=" + segment(day)).orElse(""));
    }

    /** Every revision of the register, with the public key. */
    JsonObject registerProof(String tenant) {
        return http.get(path(tenant) + "/register/proof").asJsonObject();
    }

    /** How the installation's logs stand: {@code key}, {@code witness}, {@code altered}. */
    JsonObject logs() {
        return http.get("/api/operate/logs").asJsonObject();
    }

    /** Reads a log with its proof while it comes. @param tenant whose; empty for the operator's own */
    <T> T logProof(String tenant, Function<InputStream, T> read) {
        return http.stream(logPath(tenant) + "/proof", read);
    }

    void acknowledgeLog(String tenant, String why) {
        http.post(logPath(tenant) + "/acknowledgement", Json.createObjectBuilder().add("why", why).build());
    }

    private static String logPath(String tenant) {
        return tenant.isEmpty() ? "/api/operate/logs" : path(tenant) + "/log";
    }

    /** What plugins left at a clinic that are not in the server: rows by table, by plugin. */
    JsonObject remains(String tenant) {
        return http.get(path(tenant) + "/remains").asJsonObject();
    }

    void exportRemains(String tenant, String plugin, Path file) {
        http.download(path(tenant) + "/remains/" + segment(plugin), file);
    }

    /** Makes a clinic's backup. @param place where, otherwise than the server is set to @return {@code tenant}, {@code id}, {@code at}, {@code rows}, {@code bytes}, {@code millis} */
    JsonObject backup(String tenant, Optional<String> place) {
        var wanted = Json.createObjectBuilder().add("tenant", tenant);
        place.ifPresent(folder -> wanted.add("place", folder));
        return http.post("/api/operate/backups", wanted.build(), PATIENCE_FOR_A_BACKUP).asJsonObject();
    }

    /** Gives a clinic a new key. @return how many persons' keys were wrapped anew */
    long rotateKeys(String tenant) {
        return http.post(path(tenant) + "/keys/rotation", Json.createObjectBuilder().build(), PATIENCE_FOR_A_BACKUP)
                .asJsonObject()
                .getJsonNumber("persons")
                .longValue();
    }

    /** Has the file of the root key sealed by this key of a key service. */
    void wrapRootKey(String service) {
        http.put("/api/operate/root-key", Json.createObjectBuilder().add("service", service).build());
    }

    /** Has the root key laid into its file as it is. */
    void unwrapRootKey() {
        http.delete("/api/operate/root-key");
    }

    void eraseRemains(String tenant, String plugin) {
        http.delete(path(tenant) + "/remains/" + segment(plugin));
    }

    /** Everything that a tenant keeps about one person. @param format {@code json}, {@code fhir} or {@code text} */
    String exportSubject(String tenant, String id, String format, Optional<String> language) {
        return http.posted(path(tenant) + "/subjects/export",
                subject(id, language).add("format", format).build());
    }

    /** Asks for its erasure, or confirms it: {@code modules}, {@code kept}, {@code notSearched}, and {@code asked} when it waits for a second person. @param dryRun changes nothing @param confirms what another one has asked for */
    JsonObject eraseSubject(String tenant, String id, boolean dryRun, Optional<UUID> confirms,
            Optional<String> language) {
        var wish = subject(id, language).add("dryRun", dryRun);
        confirms.ifPresent(request -> wish.add("confirms", request.toString()));
        return http.post(path(tenant) + "/subjects/erasure", wish.build()).asJsonObject();
    }

    /** Erasures that wait for a second person: {@code id}, {@code askedBy}, {@code askedAt}, {@code expiresAt}. */
    List<JsonObject> erasureRequests(String tenant) {
        return http.get(path(tenant) + "/subjects/erasure-requests")
                .asJsonObject()
                .getJsonArray("requests")
                .getValuesAs(JsonObject.class);
    }

    void withdrawErasure(String tenant, String request) {
        http.delete(path(tenant) + "/subjects/erasure-requests/" + segment(request));
    }

    private static JsonObjectBuilder subject(String id, Optional<String> language) {
        var body = Json.createObjectBuilder().add("id", id);
        language.ifPresent(code -> body.add("lang", code));
        return body;
    }

    private static String path(String tenant) {
        return "/api/operate/tenants/" + segment(tenant);
    }

    private static String segment(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8).replace("+", "%20");
    }
}
