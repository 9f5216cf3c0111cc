// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluse tenant export} */
@Command(name = "export", mixinStandardHelpOptions = true, description = {
        "Writes everything that a tenant keeps into a file ending in .zip, or into a folder, neither of which is there yet and which only their owner reads: each person as JSON, FHIR and text, the audit log, the ledger, the register, papers, people, settings without secrets, SHA256SUMS and manifest.json. Each file is compared with its hash.",
        "Prints where, and how many files."})
final class ExportCommand implements Callable<Integer> {

    private static final String SUMS = "SHA256SUMS";

    @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
    private String tenant = "";

    @Option(names = "--to", required = true, paramLabel = "FOLDER|FILE", description = "For example north.zip, or north.")
    private Path to = Path.of("");

    @Option(names = "--lang", paramLabel = "nb|de|en", description = "The language of the texts; default: en.")
    private @Nullable String language;

    @Mixin
    private final AsOperator server = new AsOperator();

    @Override
    public Integer call() {
        var operator = server.operator();
        if (Files.exists(to)) {
            throw StoppedShortException.refused("%s is there already; right would be a new one.".formatted(to));
        }
        var isFile = to.toString().endsWith(".zip");
        var zip = isFile ? to : to.resolveSibling(to.getFileName() + ".zip.part");
        var done = false;
        try {
            DataFolder.createPrivate(zip);
            operator.exportTenant(tenant, Optional.ofNullable(language), body -> copy(body, zip));
            var files = verified(zip, isFile ? Optional.empty() : Optional.of(to));
            done = true;
            server.line(to + "\t" + files);
            return ExitCode.OK;
        } catch (ZipException cutOff) {
            throw StoppedShortException.refused(
                    "The export was cut off; the server's log says why. Right would be to try it again.");
        } catch (IOException unwritable) {
            throw StoppedShortException.refused("%s cannot be written.".formatted(to));
        } finally {
            if (!done || !isFile) {
                remove(zip);
            }
        }
    }

    private static boolean copy(InputStream body, Path zip) {
        try (var out = Files.newOutputStream(zip)) {
            body.transferTo(out);
            return true;
        } catch (IOException cutOff) {
            throw StoppedShortException.refused("The export was cut off; right would be to try it again.");
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            throw StoppedShortException.refused("%s could not be removed.".formatted(file));
        }
    }

    /** Compares each file with its hash, and then writes it. @param folder where to; empty for nowhere @return how many */
    private static int verified(Path zip, Optional<Path> folder) throws IOException {
        try (var archive = new ZipFile(zip.toFile())) {
            var sums = archive.getEntry(SUMS);
            if (sums == null || archive.getEntry("manifest.json") == null) {
                throw new ZipException("It has no manifest");
            }
            var count = 0;
            try (var lines = new BufferedReader(
                    new InputStreamReader(archive.getInputStream(sums), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    // As sha256sum writes it: 64 digits, two blanks, the name.
                    require(archive, line.substring(66), line.substring(0, 64));
                    count++;
                }
            }
            if (folder.isPresent()) {
                for (var entry : Collections.list(archive.entries())) {
                    write(archive, entry, folder.get());
                }
            }
            return count;
        }
    }

    private static void require(ZipFile archive, String name, String hash) throws IOException {
        var entry = archive.getEntry(name);
        if (entry == null || !Sha256.of(archive.getInputStream(entry)).equals(hash)) {
            throw StoppedShortException.refused("%s is not what the server wrote.".formatted(name));
        }
    }

    private static void write(ZipFile archive, ZipEntry entry, Path folder) throws IOException {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder.normalize())) {
            throw StoppedShortException.refused("%s is no name for a file of an export.".formatted(entry.getName()));
        }
        DataFolder.createPrivateFolders(file.resolveSibling(""));
        DataFolder.createPrivate(file);
        try (var out = Files.newOutputStream(file); var in = archive.getInputStream(entry)) {
            in.transferTo(out);
        }
    }
}
