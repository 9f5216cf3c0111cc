// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluse firewall} */
@Command(name = "firewall", mixinStandardHelpOptions = true, description = "Prints where this installation connects to, from the manifests of what is on: a line for each host with port, how many tenants need it, and for whom; parted by tabs. What is not on the list need not be let out.")
final class FirewallCommand implements Callable<Integer> {

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        var answer = server.operator().firewall();
        answer.getJsonArray("openings")
                .getValuesAs(JsonObject.class)
                .forEach(opening -> server.line(String.join("\t", opening.getString("host"),
                        Integer.toString(opening.getInt("port")), Integer.toString(opening.getInt("clinics")),
                        opening.getJsonArray("who")
                                .getValuesAs(JsonString::getString)
                                .stream()
                                .collect(Collectors.joining(", ")))));
        var unknown = answer.getJsonArray("unknown").getValuesAs(JsonString::getString);
        if (!unknown.isEmpty()) {
            server.progress("The list is not whole: the databases of these tenants do not answer: "
                    + String.join(", ", unknown) + ".");
        }
        return unknown.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
