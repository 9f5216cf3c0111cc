// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse tenant} */
@Command(name = "tenant", mixinStandardHelpOptions = true, description = "Creates, lists, moves, exports and off-boards tenants, and switches their modules.", subcommands = {
        TenantCommand.Create.class, TenantCommand.ListAll.class, TenantCommand.Turn.class, TenantCommand.Move.class,
        ExportCommand.class, OffBoardCommand.class, CertificateCommand.class})
final class TenantCommand extends CommandGroup {

    TenantCommand() {
        super("sluse tenant list");
    }

    /** {@code sluse tenant create} */
    @Command(name = "create", mixinStandardHelpOptions = true, description = "Creates a tenant and prints its id; without an issuer also a one-time link, with which the clinic sets up its sign-in.")
    static final class Create implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "The clinic's name, for example 'Clinic North'.")
        private String name = "";

        @Option(names = "--location", paramLabel = "LOCATION", description = "Where the clinic's data is to rest: the location of this server, for example frankfurt. Another one is refused; default: it is not asked.")
        private @Nullable String location;

        @ArgGroup(exclusive = false)
        private @Nullable PolicyOption policy;

        @ArgGroup(exclusive = false)
        private @Nullable SignIn signIn;

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var wish = Json.createObjectBuilder().add("name", name);
            var place = location;
            if (place != null) {
                wish.add("location", place);
            }
            var written = policy;
            if (written != null) {
                wish.add("policy", written.json());
            }
            var chosen = signIn;
            if (chosen != null) {
                wish.add("issuer", String.valueOf(chosen.issuer))
                        .add("clientId", chosen.clientId)
                        .add("admin", chosen.administrator);
            }
            var made = server.operator().createTenant(wish.build());
            server.line(made.getString("id"));
            if (made.containsKey("setupUrl") && !made.isNull("setupUrl")) {
                server.line("set-up " + made.getString("setupUrl"));
            }
            return ExitCode.OK;
        }

        /** How the clinic's staff sign in: all three or none. */
        static final class SignIn {

            @Option(names = "--issuer", required = true, paramLabel = "URL", description = "The clinic's OpenID Connect issuer.")
            private @Nullable URI issuer;

            @Option(names = "--client", required = true, paramLabel = "ID", description = "Our client id at that issuer.")
            private String clientId = "";

            @Option(names = "--admin", required = true, paramLabel = "SUBJECT", description = "The first administrator's subject at that issuer.")
            private String administrator = "";
        }
    }

    /** {@code sluse tenant list} */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints a line for each tenant: id, name, location; parted by tabs.")
    static final class ListAll implements Callable<Integer> {

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator()
                    .tenants()
                    .forEach(
                            tenant -> server.line(String.join("\t", tenant.getString("id"), tenant.getString("name"),
                                    tenant.getString("location", ""))));
            return ExitCode.OK;
        }
    }

    /** {@code sluse tenant move} */
    @Command(name = "move", mixinStandardHelpOptions = true, description = {
            "Brings a tenant to another location: nobody serves it until its database is there and was compared row by row; then the old one is dropped.",
            "Prints tenant, from, to, rows, bytes, milliseconds; parted by tabs."})
    static final class Move implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "LOCATION", description = "Where to, for example oslo.")
        private String location = "";

        @Option(names = "--dry-run", description = "Says what would be moved, or why it cannot be, and changes nothing.")
        private boolean dryRun;

        @ArgGroup(exclusive = false)
        private @Nullable PolicyOption policy;

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var wish = Json.createObjectBuilder().add("location", location).add("dryRun", dryRun);
            var written = policy;
            if (written != null) {
                wish.add("policy", written.json());
            }
            var operator = server.operator();
            server.progress(dryRun ? "Nothing is changed." : "Moving; nobody can use " + tenant + " meanwhile ...");
            var move = operator.move(tenant, wish.build());
            server.line(String.join("\t", move.getString("tenant"), move.getString("from"), move.getString("to"),
                    text(move, "rows"), text(move, "bytes"), text(move, "millis")));
            return ExitCode.OK;
        }

        private static String text(JsonObject move, String name) {
            return move.getJsonNumber(name).toString();
        }
    }

    /** {@code sluse tenant plugin} */
    @Command(name = "plugin", mixinStandardHelpOptions = true, description = "Switches a module on or off for a tenant and prints its state; what keeps it from being on is said, one reason per line.")
    static final class Turn implements Callable<Integer> {

        private enum Position {
            ON, OFF
        }

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "MODULE", description = "For example video or epr.")
        private String plugin = "";

        @Parameters(index = "2", paramLabel = "on|off", description = "Where to switch it.")
        private Position position = Position.OFF;

        @Option(names = "--accept", paramLabel = "WHAT", description = "What the clinic accepts with it, as the refusal named it; may be repeated.")
        private List<String> accepted = List.of();

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var wish = Json.createObjectBuilder()
                    .add("on", position == Position.ON)
                    .add("accept", Json.createArrayBuilder(accepted))
                    .build();
            var result = server.operator().turn(tenant, plugin, wish);
            var reasons = result.containsKey("reasons")
                    ? result.getJsonArray("reasons").getValuesAs(JsonString::getString)
                    : List.<String>of();
            server.line(result.getString("state"));
            var inForce = result.getJsonObject("inForce");
            server.progress("In force on %d of %d nodes.".formatted(inForce.getInt("nodes"), inForce.getInt("of")));
            if (!reasons.isEmpty()) {
                server.progress(reasons.stream().map(reason -> "  " + reason).collect(Collectors.joining("\n")));
            }
            return position.name().equalsIgnoreCase(result.getString("state")) ? ExitCode.OK : ExitCode.REFUSED;
        }
    }
}
