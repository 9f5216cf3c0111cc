// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sluse.disclosure.Carries;
import org.sluse.disclosure.Impersonal;
import org.sluse.disclosure.Outbound;
import org.sluse.disclosure.Recipient;
import org.sluse.testkit.KnownIds;
import org.sluse.testkit.ManualClock;
import org.sluse.video.provider.jitsi.JitsiByHand;
import org.sluse.video.provider.jitsi.JitsiRecords;
import org.sluse.video.provider.whereby.WherebyByHand;
import org.sluse.video.provider.whereby.WherebyRecords;
import org.sluse.video.settings.TestSettings;
import org.sluse.video.settings.VideoProvider;
import org.sluse.video.settings.WherebyRooms;

/** The published sheets say what the records say. One that is out of date is written to {@code target/what-leaves}, to be looked at and taken over. */
class WhatLeavesTest {

    @ParameterizedTest
    @EnumSource
    void the_published_sheet_is_the_one_that_the_records_give(VideoProvider provider) throws IOException {
        var name = provider.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".md";
        var sheet = sheet(provider);
        var made = Files.createDirectories(Path.of("target/what-leaves")).resolve(name);
        Files.writeString(made, sheet);

        assertThat(root().resolve("docs/what-leaves").resolve(name)).as("made anew at " + made.toAbsolutePath())
                .content(StandardCharsets.UTF_8)
                .isEqualTo(sheet);
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("docs/adr")))
                .findFirst()
                .orElseThrow();
    }

    private static String sheet(VideoProvider which) {
        var settings = switch (which) {
            case BUILT_IN -> TestSettings.none().get();
            case WHEREBY -> TestSettings.none().whereby(WherebyRooms.SMALL).get();
            case JITSI -> TestSettings.none().jitsi().get();
        };
        var provider = TestRooms
                .providers(new KnownIds(), new WherebyByHand().provider(new KnownIds(), new ManualClock()),
                        new JitsiByHand().provider(new KnownIds(), new ManualClock()))
                .get(which);
        var recipients = provider.recipients(settings);
        var head = "<!-- Generated from the manifest and the outbound records of plugin-video; WhatLeavesTest compares. -->\n# What leaves: "
                + text("setting.provider." + which) + "\n\n";
        return recipients.isEmpty()
                ? head + "Nothing. No one outside the clinic receives anything; a relay is the clinic's own and passes on what it cannot read.\n"
                : head + recipients.stream().map(each -> sheet(each)).collect(Collectors.joining("\n"));
    }

    private static String sheet(Recipient recipient) {
        var facts = new StringBuilder();
        row(facts, "Recipient", recipient.name() + " (" + recipient.country() + ")");
        row(facts, "Service", text(recipient.serviceKey()));
        row(facts, "Legal basis", text(recipient.legalBasisKey()));
        row(facts, "Personal data that it may receive",
                recipient.categories().stream().map(Enum::name).sorted().collect(Collectors.joining(", ")));
        row(facts, "Where it goes", recipient.endpoints().stream().map(URI::toString).collect(Collectors.joining(", "))
                + " (as set; a clinic's own site is an example)");
        var records = Stream.of(WherebyRecords.ALL, JitsiRecords.ALL)
                .flatMap(List::stream)
                .filter(record -> record.getAnnotation(Outbound.class).to().equals(recipient.id()))
                .flatMap(record -> lines(record))
                .collect(Collectors.joining());
        var sees = recipient.seesByItselfKeys()
                .stream()
                .map(key -> "- " + text(key) + "\n")
                .collect(Collectors.joining());
        return "| | |\n|---|---|\n" + facts
                + "\n## What it is given\n\n| record | member | what it is |\n|---|---|---|\n" + records
                + "\nNothing else can leave: the gate refuses a member that is not declared.\n\n## What it learns by itself from a browser that shows its page\n\n"
                + sees;
    }

    private static void row(StringBuilder table, String name, String value) {
        table.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static Stream<String> lines(Class<? extends Record> record) {
        var components = record.getRecordComponents();
        return components.length == 0
                ? Stream.of("| " + record.getSimpleName() + " | none | |\n")
                : Arrays.stream(components)
                        .map(each -> "| " + record.getSimpleName() + " | " + each.getName() + " | " + words(each)
                                + " |\n");
    }

    private static String words(RecordComponent component) {
        var carries = component.getAnnotation(Carries.class);
        return carries == null
                ? Objects.requireNonNull(component.getAnnotation(Impersonal.class)).value()
                : "**" + Arrays.stream(carries.value()).map(Enum::name).collect(Collectors.joining(", ")) + "**";
    }

    private static String text(String key) {
        var texts = new Properties();
        try (var in = Objects.requireNonNull(
                WhatLeavesTest.class.getResourceAsStream("/META-INF/sluse/video/messages_en.properties"))) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Objects.requireNonNull(texts.getProperty(key), key);
    }
}
