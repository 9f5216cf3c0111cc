// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluse remains} */
@Command(name = "remains", mixinStandardHelpOptions = true, description = "Shows, exports and erases what plugins have left behind that are not in the server any more.", subcommands = {
        RemainsCommand.ListAll.class, RemainsCommand.Export.class, RemainsCommand.Erase.class})
final class RemainsCommand extends CommandGroup {

    RemainsCommand() {
        super("sluse remains list");
    }

    /** {@code sluse remains list} */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints a line for each table: tenant, plugin, table, rows; parted by tabs.")
    static final class ListAll implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "TENANT", description = "Only this tenant; default: all, one after the other.")
        private @Nullable String tenant;

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            var operator = server.operator();
            Optional.ofNullable(tenant)
                    .map(List::of)
                    .orElseGet(() -> operator.tenants().map(one -> one.getString("id")).toList())
                    .forEach(id -> print(id, operator.remains(id)));
            return ExitCode.OK;
        }

        private void print(String id, JsonObject remains) {
            remains.forEach((plugin, tables) -> tables.asJsonObject()
                    .forEach((table, rows) -> server.line(String.join("\t", id, plugin, table, rows.toString()))));
        }
    }

    /** {@code sluse remains export} */
    @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes them into a zip, a CSV for each table.")
    static final class Export implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "PLUGIN", description = "The id of the plugin that is gone.")
        private String plugin = "";

        @Parameters(index = "2", paramLabel = "FILE", description = "A file that is not there yet, for example loan.zip.")
        private Path file = Path.of("");

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator().exportRemains(tenant, plugin, file);
            server.line(file.toString());
            return ExitCode.OK;
        }
    }

    /** {@code sluse remains erase} */
    @Command(name = "erase", mixinStandardHelpOptions = true, description = "Erases them for good: tables, settings, links. Export them first.")
    static final class Erase implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "TENANT", description = "The tenant's id.")
        private String tenant = "";

        @Parameters(index = "1", paramLabel = "PLUGIN", description = "The id of the plugin that is gone.")
        private String plugin = "";

        @Mixin
        private final AsOperator server = new AsOperator();

        @Override
        public Integer call() {
            server.operator().eraseRemains(tenant, plugin);
            server.line("erased");
            return ExitCode.OK;
        }
    }
}
