// SPDX-License-Identifier: Apache-2.0
package org.sluse.host;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.enterprise.context.NormalScope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.sluse.actor.AllowedTo;
import org.sluse.actor.Role;
import org.sluse.plugin.OfPlugin;

/** The rules of the house that a compiler does not know, over every class of ours that the server and its command line are made of. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            // A process of its own that is never shipped; see its package.
            .withImportOption(location -> !location.contains("org/sluse/peer/"))
            .importPackages("org.sluse");

    private static final String HOST = "org.sluse.host..";
    private static final String COMMAND_LINE = "org.sluse.cli..";
    private static final String PROOF = "org.sluse.proof..";
    private static final String[] PLUGINS = {"org.sluse.video..", "org.sluse.epr.."};
    private static final DescribedPredicate<JavaClass> CONTRACT = not(
            resideInAnyPackage(HOST, COMMAND_LINE, PROOF, PLUGINS[0], PLUGINS[1]))
            .and(resideInAPackage("org.sluse.."))
            .as("the contract");

    @Test
    void every_class_of_ours_is_looked_at() {
        assertThat(OURS).hasSizeGreaterThan(100);
        assertThat(OURS.contain("org.sluse.host.gate.Gate")).as("host").isTrue();
        assertThat(OURS.contain("org.sluse.plugin.Plugin")).as("platform-api").isTrue();
        assertThat(OURS.contain("org.sluse.epr.EprPlugin")).as("plugin-epr").isTrue();
        assertThat(OURS.contain("org.sluse.host.ArchitectureTest")).as("tests").isFalse();
    }

    @Test
    void video_knows_neither_the_other_plugin_nor_the_host() {
        noClasses().that()
                .resideInAPackage("org.sluse.video..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sluse.epr..", HOST, COMMAND_LINE)
                .check(OURS);
    }

    @Test
    void epr_knows_neither_the_other_plugin_nor_the_host() {
        noClasses().that()
                .resideInAPackage("org.sluse.epr..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sluse.video..", HOST, COMMAND_LINE)
                .check(OURS);
    }

    @Test
    void the_host_knows_plugins_by_their_contract_only() {
        noClasses().that()
                .resideInAPackage(HOST)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PLUGINS)
                .check(OURS);
    }

    @Test
    void the_command_line_knows_of_plugins_what_reads_forms_in_files() {
        noClasses().that()
                .resideInAPackage(COMMAND_LINE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(PLUGINS)
                        .and(not(resideInAPackage("org.sluse.epr.sdc.tool"))))
                .check(OURS);
    }

    @Test
    void the_contract_knows_neither_host_nor_plugins() {
        classes().that(CONTRACT)
                .should(never(dependOnClassesThat(not(CONTRACT).and(resideInAPackage("org.sluse..")))))
                .check(OURS);
    }

    @Test
    void a_log_is_proved_with_the_jdk_alone() {
        classes().that()
                .resideInAPackage(PROOF)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(PROOF, "java..", "org.jspecify..")
                .check(OURS);
    }

    @Test
    void fhir_classes_stay_where_fhir_is_spoken() {
        noClasses().that()
                .resideOutsideOfPackages("org.sluse.epr..fhir..", "org.sluse.epr..endpoint..",
                        "org.sluse.epr..sandbox..", "org.sluse.epr.sdc..", "org.sluse.host.fhir..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
                .check(OURS);
    }

    @Test
    void time_and_chance_are_injected() {
        classes().that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .and()
                .doNotHaveFullyQualifiedName("org.sluse.host.config.HostBeans")
                .and()
                .doNotHaveFullyQualifiedName("org.sluse.host.config.SecureIds")
                .should(never(callMethod(Instant.class, "now").or(callMethod(LocalDate.class, "now"))
                        .or(callMethod(LocalDateTime.class, "now"))
                        .or(callMethod(OffsetDateTime.class, "now"))
                        .or(callMethod(ZonedDateTime.class, "now"))
                        .or(callMethod(Clock.class, "systemUTC"))
                        .or(callMethod(Clock.class, "systemDefaultZone"))
                        .or(callMethod(System.class, "currentTimeMillis"))
                        .or(callMethod(UUID.class, "randomUUID"))))
                .check(OURS);
    }

    @Test
    void nobody_asks_for_a_transaction_that_would_silently_be_none() {
        noClasses().should().dependOnClassesThat().resideInAPackage("jakarta.transaction..").check(OURS);
    }

    @Test
    void plugins_have_no_way_out_but_the_disclosure_gate() {
        noClasses().that()
                .resideInAnyPackage(PLUGINS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "org.apache.hc..",
                        "jakarta.ws.rs.client..", "ca.uhn.fhir.rest.client..")
                .check(OURS);
        noClasses().that()
                .resideInAnyPackage(PLUGINS)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Socket.class, URLConnection.class, HttpURLConnection.class)
                .check(OURS);
    }

    @Test
    void no_bean_has_a_second_constructor_for_a_client_proxy() {
        classes().that()
                .areMetaAnnotatedWith(NormalScope.class)
                .should(new ArchCondition<>("have only a constructor without arguments") {
                    @Override
                    public void check(JavaClass bean, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(bean,
                                bean.getConstructors().stream().allMatch(one -> one.getParameters().isEmpty()),
                                bean.getName()
                                        + " needs a constructor that leaves its fields empty, for its client proxy; "
                                        + "right would be @OnePerNode in the host and @Dependent in a plugin"));
                    }
                })
                .check(OURS);
    }

    @Test
    void every_rest_method_says_who_may_call_it() {
        methods().that()
                .areMetaAnnotatedWith(HttpMethod.class)
                .should(new ArchCondition<>("have @AllowedTo on themselves or on their class") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(method,
                                method.isAnnotatedWith(AllowedTo.class)
                                        || method.getOwner().isAnnotatedWith(AllowedTo.class),
                                method.getFullName() + " does not say who may call it; right would be @AllowedTo"));
                    }
                })
                .check(OURS);
    }

    @Test
    void every_resource_of_a_plugin_lies_below_the_plugins_own_address() {
        classes().that()
                .areAnnotatedWith(Path.class)
                .and()
                .resideOutsideOfPackage(HOST)
                .should(new ArchCondition<>("have @OfPlugin and a path that begins with it") {
                    @Override
                    public void check(JavaClass resource, ConditionEvents events) {
                        var path = resource.getAnnotationOfType(Path.class).value();
                        var below = resource.tryGetAnnotationOfType(OfPlugin.class)
                                .map(owner -> "/{tenant}/" + owner.value());
                        events.add(new SimpleConditionEvent(resource,
                                below.isPresent() && (path.equals(below.get()) || path.startsWith(below.get() + "/")),
                                resource.getName() + " is at '" + path + "'; right would be @OfPlugin and a path below "
                                        + below.orElse("/{tenant}/<plugin>")));
                    }
                })
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void every_resource_that_is_for_the_operator_asks_who_calls() {
        classes().that()
                .areAnnotatedWith(Path.class)
                .should(new ArchCondition<>("be @ForOperator where it is open to the operator, and nowhere else") {
                    @Override
                    public void check(JavaClass resource, ConditionEvents events) {
                        var forOperator = resource.tryGetAnnotationOfType(AllowedTo.class)
                                .stream()
                                .flatMap(allowed -> Arrays.stream(allowed.value()))
                                .anyMatch(Role.OPERATOR::equals);
                        var asks = resource.getAnnotations()
                                .stream()
                                .anyMatch(one -> one.getRawType().getSimpleName().equals("ForOperator"));
                        events.add(new SimpleConditionEvent(resource, forOperator == asks, resource.getName()
                                + " is open to the operator and has no @ForOperator, or the other way round"));
                    }
                })
                .check(OURS);
    }

    @Test
    void every_package_says_that_nothing_in_it_is_null() {
        assertThat(OURS.stream()
                .map(JavaClass::getPackage)
                .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet())).as("packages without @NullMarked").isEmpty();
    }
}
