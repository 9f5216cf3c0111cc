// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluse log} */
@Command(name = "log", mixinStandardHelpOptions = true, description = "Prints what was done to the platform, the newest first: time, who (the account that 'sluse' was called from), act, object, tenant, outcome, network, kind of program; parted by tabs.")
final class LogCommand implements Callable<Integer> {

    @Option(names = "--tenant", paramLabel = "TENANT", defaultValue = "", description = "Only what touches this tenant.")
    private String tenant = "";

    @Option(names = "--act", paramLabel = "ACT", defaultValue = "", description = "Only this act, as the log has it, for example KILL or SIGN_IN.")
    private String act = "";

    @Option(names = "--from", paramLabel = "TIME", defaultValue = "", description = "From this time or day on (UTC), for example 2026-11-24.")
    private String from = "";

    @Option(names = "--to", paramLabel = "TIME", defaultValue = "", description = "Up to this time; a day counts from its first moment.")
    private String to = "";

    @Option(names = "--all", description = "Also what the system did by itself, for example the start of a node; '--act' shows that too.")
    private boolean all;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "50", description = "How many at most; default: ${DEFAULT-VALUE}.")
    private int lines;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        if (lines < 1) {
            throw new ParameterException(spec.commandLine(),
                    "'--lines %d' is no number of lines; right would be 1 or more.".formatted(lines));
        }
        var operator = server.operator();
        var search = new HashMap<>(Map.of("clinic", tenant, "action", act, "from", from, "to", to, "all",
                Boolean.toString(all)));
        for (var left = lines; left > 0;) {
            var page = operator.log(search);
            var rows = page.getJsonArray("rows").getValuesAs(JsonObject.class);
            rows.stream().limit(left).forEach(row -> server.line(line(row)));
            left = page.getBoolean("more") ? left - rows.size() : 0;
            if (left > 0) {
                search.put("before", rows.getLast().getString("at"));
                search.put("beforeId", rows.getLast().getJsonNumber("id").toString());
            }
        }
        return ExitCode.OK;
    }

    private static String line(JsonObject row) {
        return String.join("\t", row.getString("at"), who(row), row.getString("action"),
                row.getString("objectType") + " " + row.getString("object"),
                row.isNull("tenant") ? "" : row.getString("tenant"),
                outcome(row), row.getString("network"),
                row.getString("agent").toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }

    private static String who(JsonObject row) {
        if (row.getBoolean("byItself")) {
            return "system";
        }
        return row.isNull("operator")
                ? row.getString("actor")
                : "%s (%s)".formatted(row.getString("actor"), row.getString("operator"));
    }

    private static String outcome(JsonObject row) {
        var outcome = row.getString("outcome").toLowerCase(java.util.Locale.ROOT);
        var why = row.isNull("reason") ? outcome : outcome + " " + row.getString("reason");
        return row.getInt("unwritten") == 0 ? why : "%s (+%d)".formatted(why, row.getInt("unwritten"));
    }
}
