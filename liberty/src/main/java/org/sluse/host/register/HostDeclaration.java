// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.register;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.sluse.host.config.HostSettings;
import org.sluse.host.location.Locations;
import org.sluse.host.location.Placement;
import org.sluse.host.register.RegisterDocument.Controller;
import org.sluse.host.register.RegisterDocument.RecipientEntry;
import org.sluse.host.text.Language;
import org.sluse.host.text.Texts;

/**
 * What the operator brings into registers: who hosts and runs the system, everywhere ({@code sluse.recipients}) and at the location where a clinic's data and backups rest
 * ({@code sluse.location.<id>.recipients}), with their particulars ({@code sluse.recipient.<id>.*}, see server-config); and which measures the running system is configured to take.
 */
final class HostDeclaration {

    private final Function<String, Optional<String>> config;
    private final HostSettings settings;
    private final Locations locations;
    private final Texts texts;

    /** @param config a setting by its name; empty when it is not set */
    HostDeclaration(Function<String, Optional<String>> config, HostSettings settings, Locations locations,
            Texts texts) {
        this.config = config;
        this.settings = settings;
        this.locations = locations;
        this.texts = texts;
    }

    /** What the clinics of this node's location have in their registers. @throws IllegalStateException when a recipient that is named lacks a particular, which stops the start */
    Fact.Hosted read() {
        return new Fact.Hosted(recipients(Stream.of(own())), measures());
    }

    /** Who hosts or runs something at any of the locations. @throws IllegalStateException as {@link #read} */
    List<RecipientEntry> everywhere() {
        return recipients(locations.all().stream().map(locations::placement));
    }

    private Placement own() {
        return locations.placement(locations.own());
    }

    private List<RecipientEntry> recipients(Stream<Placement> placements) {
        var always = config.apply("sluse.recipients")
                .map(list -> Arrays.stream(list.split(",")).map(String::strip).filter(id -> !id.isEmpty()).toList())
                .orElse(List.of());
        return Stream.concat(always.stream(), placements.flatMap(place -> place.hosts().stream()))
                .distinct()
                .map(this::recipient)
                .toList();
    }

    /** Who runs the platform ({@code sluse.processor.*}); what is not configured is empty. */
    Controller processor() {
        return new Controller(processor("name"), processor("address"), processor("contact"),
                processor("representative"), processor("officer"));
    }

    private String processor(String name) {
        return config.apply("sluse.processor." + name).map(String::strip).orElse("");
    }

    private RecipientEntry recipient(String id) {
        var country = required(id, "country");
        if (!country.matches("[A-Z]{2}")) {
            throw new IllegalStateException("Setting '" + key(id, "country")
                    + "' is no country; right would be two capital letters (ISO 3166-1), for example NO");
        }
        return new RecipientEntry(id, required(id, "name"), required(id, "address"), country, words(id, "service"),
                words(id, "processing"), words(id, "legal-basis"),
                config.apply(key(id, "transfer")).map(text -> words(id, "transfer")), Optional.empty());
    }

    /** Each is true of the server that says it; what is not configured is not said. */
    private List<Words> measures() {
        var measures = new ArrayList<Words>();
        measures.add(measure("database-per-clinic", UnaryOperator.identity()));
        measures.add(measure("location", text -> text.replace("{location}", locations.own().name())));
        measures.add(measure("secrets", UnaryOperator.identity()));
        measures.add(measure("audit", UnaryOperator.identity()));
        measures.add(measure("gate", UnaryOperator.identity()));
        if (!settings.privateRecipients()) {
            measures.add(measure("tls", UnaryOperator.identity()));
        }
        var place = own();
        place.backups()
                .filter(there -> !place.hasBackupsBesideData())
                .map(there -> measure("backups", text -> text.replace("{location}", there.name())))
                .ifPresent(measures::add);
        return measures;
    }

    private Words measure(String name, UnaryOperator<String> filled) {
        return Words.of(language -> filled.apply(texts.text(Texts.KIT, "register.measure." + name, language)));
    }

    /** One text for all languages, or one for each: {@code .service} and {@code .service.de}. */
    private Words words(String id, String name) {
        var text = required(id, name);
        return Words.of(language -> translated(id, name, language).orElse(text));
    }

    private Optional<String> translated(String id, String name, Language language) {
        return config.apply(key(id, name) + "." + language.code());
    }

    private String required(String id, String name) {
        return config.apply(key(id, name))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalStateException("Setting '" + key(id, name)
                        + "' is missing; right would be to set it, or to take '" + id
                        + "' out of 'sluse.recipients' and of the 'recipients' of each location"));
    }

    private static String key(String id, String name) {
        return "sluse.recipient." + id + "." + name;
    }
}
