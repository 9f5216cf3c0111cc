// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/**
 * Observations that a form may be filled from, the newest first (SDC 4.0, populate, "Observation-based population"): final, amended or corrected, of the subject and of nothing else in it
 * ({@code focus}). Below an item that an Observation was found for, its components and members count and nothing else.
 */
final class KnownObservations {

    private static final Set<ObservationStatus> RELIABLE = Set.of(ObservationStatus.FINAL, ObservationStatus.AMENDED,
            ObservationStatus.CORRECTED);

    /** More of any unit is as long ago as anything. */
    private static final BigDecimal LONG = BigDecimal.valueOf(10_000_000);

    private final List<Observation> newestFirst;
    private final Instant now;

    /**
     * A value.
     *
     * @param observation that has it; empty when it is of a component
     */
    record Found(Type value, Optional<Observation> observation) {}

    KnownObservations(List<Observation> all, Optional<Reference> subject, Instant now) {
        this.now = now;
        this.newestFirst = all.stream()
                .filter(one -> RELIABLE.contains(one.getStatus()))
                .filter(one -> subject.isEmpty() || !one.hasSubject() || isSame(one.getSubject(), subject.get()))
                .filter(one -> one.getFocus()
                        .stream()
                        .allMatch(
                                focus -> isSame(focus, subject.orElse(one.getSubject()))))
                .sorted(Comparator.comparing(KnownObservations::when)
                        .reversed()
                        .thenComparing(one -> Objects.toString(one.getIdElement().getIdPart(), "")))
                .toList();
    }

    private static boolean isSame(Reference one, Reference other) {
        return Objects.equals(one.getReferenceElement().getIdPart(), other.getReferenceElement().getIdPart())
                && Objects.equals(one.getReferenceElement().getResourceType(),
                        other.getReferenceElement().getResourceType());
    }

    private static Instant when(Observation observation) {
        return Stream.of(observation.getEffective(), observation.getIssuedElement())
                .flatMap(time -> time == null ? Stream.empty() : Span.of(time).stream())
                .findFirst()
                .map(Span::from)
                .orElse(Instant.MIN);
    }

    /** The Observation that an item with a code and a link period is about, whether or not it has a value; empty when there is none. */
    Optional<Observation> panel(QuestionnaireItemComponent item, Optional<Observation> above) {
        return item.hasExtension(Sdc.LINK_PERIOD) ? candidates(item, above).findFirst() : Optional.empty();
    }

    /** The newest value that fits, among those that become an answer; empty when there is none. */
    Optional<Found> answer(QuestionnaireItemComponent item, Optional<Observation> above,
            Function<Type, Optional<Type>> fitting) {
        var component = above.stream()
                .flatMap(one -> one.getComponent().stream())
                .filter(one -> isOf(item, one.getCode()) && one.hasValue())
                .flatMap(one -> fitting.apply(one.getValue()).stream())
                .map(value -> new Found(value, Optional.empty()));
        var own = candidates(item, above).filter(Observation::hasValue)
                .flatMap(one -> fitting.apply(one.getValue())
                        .map(value -> new Found(value, Optional.of(one)))
                        .stream());
        return Stream.concat(component, own).findFirst();
    }

    private Stream<Observation> candidates(QuestionnaireItemComponent item, Optional<Observation> above) {
        var since = since(item);
        return newestFirst.stream()
                .filter(one -> isOf(item, one.getCode()))
                .filter(one -> above.isEmpty()
                        ? !when(one).isBefore(since) && !when(one).isAfter(now)
                        : above.get()
                                .getHasMember()
                                .stream()
                                .anyMatch(member -> Objects.equals(
                                        member.getReferenceElement().getIdPart(), one.getIdElement().getIdPart())));
    }

    private static boolean isOf(QuestionnaireItemComponent item, CodeableConcept code) {
        return item.getCode()
                .stream()
                .anyMatch(wanted -> code.getCoding()
                        .stream()
                        .anyMatch(
                                has -> Objects.equals(wanted.getCode(), has.getCode())
                                        && Objects.equals(wanted.getSystem(), has.getSystem())));
    }

    private Instant since(QuestionnaireItemComponent item) {
        if (!(item.getExtensionByUrl(Sdc.LINK_PERIOD).getValue() instanceof Duration period) || !period.hasValue()) {
            return now;
        }
        var today = now.atZone(ZoneOffset.UTC);
        if (period.getValue().compareTo(LONG) > 0) {
            return Instant.MIN;
        }
        var whole = period.getValue().longValue();
        return switch (Objects.toString(period.getCode(), "")) {
            case "a" -> today.minusYears(whole).toInstant();
            case "mo" -> today.minusMonths(whole).toInstant();
            case "wk" -> now.minusSeconds(seconds(period, 604_800));
            case "d" -> now.minusSeconds(seconds(period, 86_400));
            case "h" -> now.minusSeconds(seconds(period, 3_600));
            case "min" -> now.minusSeconds(seconds(period, 60));
            case "s" -> now.minusSeconds(seconds(period, 1));
            default -> now;
        };
    }

    private static long seconds(Duration period, long each) {
        return period.getValue().multiply(BigDecimal.valueOf(each)).longValue();
    }
}
