// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The program behind {@code benchmarks/run}: measures what is named, or everything, prints a line for each measurement last, and adds each line to
 * the history in {@code benchmarks/results}.
 */
public final class Benchmarks {

    private static final List<Measurement> ALL = List
            .of(new Comparison("gate-check", GateCheck.class, "tenants", "1000"),
                    new Comparison("gate-check-pairs", GateCheckPairs.class, "tenants", "1000"), new ModuleOff(),
                    new Start(),
                    new Memory(), new Isolation(), new FirstPage(), new VerifyLog(), new Audit(), new NewClinic(),
                    new Restore(), new Rotation());

    private static final String HEADING = "at,commit,name,ours,peer,unit,ratio,best peer,machine,load";

    private Benchmarks() {
    }

    /**
     * Runs.
     *
     * @param arguments the folder of the history, the commit, then names; none for all. Ends with 2 for a name that is not there.
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        var history = Path.of(arguments[0]);
        var commit = arguments[1];
        var names = List.of(arguments).subList(2, arguments.length);
        var known = ALL.stream().map(Measurement::name).toList();
        if (!known.containsAll(names)) {
            System.err.println("benchmarks: no measurement is called " + names.stream()
                    .filter(name -> !known.contains(name))
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", ")) + "; right would be: " + String.join(", ", known));
            System.exit(2);
        }
        var machine = machine();
        System.out.println("On " + machine);
        var lines = new ArrayList<Line>();
        for (var measurement : ALL) {
            if (names.isEmpty() || names.contains(measurement.name())) {
                var measured = measurement.measure();
                keep(history.resolve(measurement.name() + ".csv"), commit, machine, measured);
                lines.addAll(measured);
            }
        }
        System.out.println();
        lines.forEach(System.out::println);
    }

    private static void keep(Path file, String commit, String machine, List<Line> lines) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.writeString(file, HEADING + "\n");
        }
        var at = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        for (var line : lines) {
            var row = String.format(Locale.ROOT, "%s,%s,%s,%.2f,%.2f,%s,%.2f,%s,%s,%.2f%n", at, commit, line.name(),
                    line.ours(), line.peer(), line.unit(), line.ratio(), line.bestPeer(), machine, load);
            Files.writeString(file, row, StandardOpenOption.APPEND);
        }
    }

    private static String machine() throws IOException {
        var processors = Path.of("/proc/cpuinfo");
        var model = Files.isReadable(processors)
                ? Files.readAllLines(processors)
                        .stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown processor")
                : System.getProperty("os.arch");
        return Runtime.getRuntime().availableProcessors() + " cores " + model.replace(',', ' ') + " / "
                + System.getProperty("os.name") + " / JDK " + System.getProperty("java.vm.version");
    }
}
