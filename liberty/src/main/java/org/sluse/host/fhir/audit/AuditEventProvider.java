// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.fhir.audit;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.sluse.audit.AuditAction;
import org.sluse.audit.AuditEntry.Outcome;
import org.sluse.host.audit.AuditEntries;
import org.sluse.host.audit.AuditEntries.Place;
import org.sluse.host.audit.AuditEntries.Row;
import org.sluse.host.config.HostSettings;
import org.sluse.host.config.OnePerNode;
import org.sluse.host.http.Parameters;
import org.sluse.tenant.TenantContext;

/**
 * {@code /fhir/{tenant}/AuditEvent}: the bound tenant's audit trail, the newest entry first. Who acted and whom it is about are named by the ids of the trail, with or without a type before
 * them ({@code patient=Patient/<id>}). Public, since HAPI calls its methods by reflection.
 */
@OnePerNode
public final class AuditEventProvider implements IResourceProvider {

    /** Ours: the place behind which a page begins. Clients follow the link of the page before (FHIR R4, 3.1.1.5). */
    static final String AFTER = "_after";

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    /** For a node whose clock is a little behind that of the one that wrote. */
    private static final long AHEAD_SECONDS = 60;
    private static final String COUNT = "_count";
    private static final Pattern DATE = Pattern.compile("(eq|gt|ge|lt|le|sa|eb)?[0-9].*");

    private final AuditEntries entries;
    private final HostSettings settings;
    private final TenantContext context;
    private final Clock clock;

    @Inject
    AuditEventProvider(AuditEntries entries, HostSettings settings, TenantContext context, Clock clock) {
        this.entries = entries;
        this.settings = settings;
        this.context = context;
        this.clock = clock;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    @Read
    public AuditEvent read(@IdParam IdType id) {
        return Optional.ofNullable(id.getIdPart())
                .filter(given -> given.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .flatMap(entries::find)
                .map(mapper()::toFhir)
                .orElseThrow(() -> new ResourceNotFoundException("There is nothing at this address"));
    }

    /** @param outcome FHIR's code: 0 done, 4 refused @param count of a page, 1 to 500, by default 50; a larger one is cut */
    @Search
    public Bundle search(RequestDetails request,
            @OptionalParam(name = AuditEvent.SP_PATIENT) @Nullable ReferenceParam patient,
            @OptionalParam(name = AuditEvent.SP_DATE) @Nullable DateRangeParam date,
            @OptionalParam(name = AuditEvent.SP_AGENT) @Nullable ReferenceParam agent,
            @OptionalParam(name = AuditEvent.SP_ACTION) @Nullable TokenParam action,
            @OptionalParam(name = AuditEvent.SP_ENTITY) @Nullable ReferenceParam entity,
            @OptionalParam(name = AuditEvent.SP_OUTCOME) @Nullable TokenParam outcome,
            @OptionalParam(name = AFTER) @Nullable StringParam after, @Count @Nullable Integer count) {
        requirePlain(request.getParameters());
        var end = clock.instant().plusSeconds(AHEAD_SECONDS);
        var dates = Optional.ofNullable(date);
        var act = Optional.ofNullable(action).map(one -> act(one.getValue()));
        var search = new AuditEntries.Search(
                dates.map(DateRangeParam::getLowerBoundAsInstant).map(Date::toInstant).orElse(Instant.EPOCH),
                // FHIR's bound is the last millisecond of the day or second that is meant.
                dates.map(DateRangeParam::getUpperBoundAsInstant)
                        .map(Date::toInstant)
                        .map(last -> last.plusMillis(1))
                        .orElse(end),
                act.map(Act::actions).orElse(Set.of()), act.flatMap(Act::lists), id(agent), id(patient), id(entity),
                Optional.empty(), Optional.ofNullable(outcome).map(one -> outcome(one.getValue())), false);
        var most = Math.clamp(Optional.ofNullable(count).orElse(PAGE), 1, LARGEST_PAGE);
        var rows = entries.find(search,
                Optional.ofNullable(after).map(one -> place(one.getValue())).orElse(Place.before(end)), most + 1);
        return page(request, rows.stream().limit(most).toList(), rows.size() > most, most);
    }

    private Bundle page(RequestDetails request, List<Row> rows, boolean more, int most) {
        var base = request.getFhirServerBase() + "/AuditEvent";
        var page = new Bundle().setType(BundleType.SEARCHSET);
        page.addLink().setRelation("self").setUrl(base + query(request, Stream.empty()));
        if (more) {
            page.addLink()
                    .setRelation("next")
                    .setUrl(base + query(request, Stream.of(Map.entry(COUNT, Integer.toString(most)),
                            Map.entry(AFTER, place(rows.getLast())))));
        }
        var mapper = mapper();
        rows.forEach(row -> page.addEntry()
                .setFullUrl(base + "/" + row.id())
                .setResource(mapper.toFhir(row))
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        return page;
    }

    /** What was asked, with these values in place of those of the same name. */
    private static String query(RequestDetails request, Stream<Map.Entry<String, String>> instead) {
        var others = instead.toList();
        var kept = request.getParameters()
                .entrySet()
                .stream()
                .filter(one -> others.stream().noneMatch(other -> other.getKey().equals(one.getKey())))
                .flatMap(one -> Arrays.stream(one.getValue()).map(value -> Map.entry(one.getKey(), value)));
        var all = Stream.concat(kept, others.stream())
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .toList();
        return all.isEmpty() ? "" : "?" + String.join("&", all);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String place(Row row) {
        return row.at() + "_" + row.id();
    }

    private static Place place(String text) {
        try {
            var parts = text.split("_", 2);
            var place = new Place(Instant.parse(parts[0]), Long.parseLong(parts.length < 2 ? "" : parts[1]));
            if (Parameters.isOfCalendar(place.at())) {
                return place;
            }
        } catch (DateTimeException | NumberFormatException notOurs) {
            // Said below.
        }
        throw new InvalidRequestException("'" + AFTER + "' is not as a page's link has it; right would be that link");
    }

    /**
     * Refuses what HAPI would take for something else: a date that is not meant, for that date, and a modifier for none.
     *
     * @param asked names with their modifiers, and the values as they came
     * @throws InvalidRequestException for one of them
     */
    static void requirePlain(Map<String, String[]> asked) {
        asked.keySet().stream().filter(name -> name.contains(":")).findFirst().ifPresent(name -> {
            throw new InvalidRequestException(
                    "'" + name + "' has a modifier, and none is known here; right would be '" + name.split(":", 2)[0]
                            + "'");
        });
        if (Arrays.stream(asked.getOrDefault(AuditEvent.SP_DATE, new String[0]))
                .anyMatch(value -> !DATE.matcher(value).matches())) {
            throw new InvalidRequestException(
                    "'date' is neither a time nor one with a known prefix; right would be eq, gt, ge, lt, le, sa or eb before it, or nothing");
        }
    }

    /** @param lists of readings, whether those of lists are meant or the others; empty when both, or none, are */
    private record Act(Set<AuditAction> actions, Optional<Boolean> lists) {}

    /** The entries that {@link AuditEventMapper} gives this code (FHIR R4, value set audit-event-action). */
    private static Act act(String code) {
        return switch (code.toUpperCase(Locale.ROOT)) {
            case "C" -> new Act(Set.of(AuditAction.CREATE), Optional.empty());
            case "R" -> new Act(EnumSet.of(AuditAction.READ, AuditAction.DISCLOSE), Optional.of(false));
            case "U" -> new Act(Set.of(AuditAction.CHANGE), Optional.empty());
            case "D" -> new Act(Set.of(AuditAction.DELETE), Optional.empty());
            case "E" -> new Act(EnumSet.of(AuditAction.READ, AuditAction.SIGN_IN, AuditAction.SIGN_OUT,
                    AuditAction.SWITCH_ON, AuditAction.SWITCH_OFF), Optional.of(true));
            default -> throw new InvalidRequestException("There is no such action; right would be C, R, U, D or E");
        };
    }

    private static Outcome outcome(String code) {
        return switch (code) {
            case "0" -> Outcome.DONE;
            case "4" -> Outcome.REFUSED;
            default -> throw new InvalidRequestException(
                    "There is no such outcome here; right would be 0 (done) or 4 (refused)");
        };
    }

    private static Optional<String> id(@Nullable ReferenceParam reference) {
        return Optional.ofNullable(reference).map(ReferenceParam::getIdPart);
    }

    private AuditEventMapper mapper() {
        return new AuditEventMapper(settings.publicUrl(), context.tenant().id());
    }
}
