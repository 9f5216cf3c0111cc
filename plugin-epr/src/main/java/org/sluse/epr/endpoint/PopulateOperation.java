// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.endpoint;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.sluse.audit.AuditEntry;
import org.sluse.data.TenantDatabase;
import org.sluse.epr.sdc.FormReader;
import org.sluse.epr.sdc.Population;

/**
 * {@code $populate} of SDC 4.0 (OperationDefinition Questionnaire-populate), of a form of the catalogue and of one that is sent. What is known is what is sent, and with {@code local} the subject's scores of
 * this clinic. Public, since HAPI calls its methods by reflection.
 */
public final class PopulateOperation implements IResourceProvider {

    private static final String FORM = "questionnaire";
    private static final String CONTEXT = "context";
    /** What the clinic knows itself; no launch context has such a name. */
    private static final String OWN = "sluse-local";

    private final QuestionnaireProvider questionnaires;
    private final ObservationProvider observations;
    private final TenantDatabase database;
    private final Clock clock;
    private final Catalogue catalogue;
    private final Population population;
    private final FormReader reader;

    PopulateOperation(FhirContext fhir, QuestionnaireProvider questionnaires, ObservationProvider observations,
            Catalogue catalogue, TenantDatabase database, Clock clock) {
        this.catalogue = catalogue;
        this.questionnaires = questionnaires;
        this.observations = observations;
        this.database = database;
        this.clock = clock;
        this.population = new Population(fhir);
        this.reader = new FormReader(fhir);
    }

    @Override
    public Class<Questionnaire> getResourceType() {
        return Questionnaire.class;
    }

    /** Of a form of the catalogue. */
    @Operation(name = "$populate", manualRequest = true)
    public Parameters populateOne(@IdParam IdType id, RequestDetails request) {
        return populated(questionnaires.read(id), SentParameters.read(reader, request));
    }

    /** Of a form that is sent as a parameter, or named by one. Nothing of it is kept. */
    @Operation(name = "$populate", manualRequest = true)
    public Parameters populate(RequestDetails request) {
        var sent = SentParameters.read(reader, request);
        return populated(form(sent), sent);
    }

    private Parameters populated(Questionnaire form, SentParameters sent) {
        var subject = sent.value("subject", Reference.class);
        var contexts = contexts(sent);
        if (sent.value("local", BooleanType.class).filter(BooleanType::booleanValue).isPresent()) {
            contexts.put(OWN, own(subject.orElseThrow(() -> new InvalidRequestException(
                    "The parameter 'subject' is missing; right with 'local' would be a reference to a patient of this clinic"))));
        }
        var result = population.populate(form, new Population.Known(subject, contexts, clock.instant()));
        var answer = new Parameters();
        answer.addParameter().setName("response").setResource(result.response());
        if (result.issues().hasIssue()) {
            answer.addParameter().setName("issues").setResource(result.issues());
        }
        // What is sent is somebody's, though nobody here knows whose: no answer without an entry.
        return database.inTransaction(AuditEntry.list("QuestionnaireResponse"), any -> answer);
    }

    /** The names of SDC 4.0, and those of 3.0 that clients still send. */
    private Questionnaire form(SentParameters sent) {
        if (sent.value("identifier", Identifier.class).isPresent()) {
            throw new UnprocessableEntityException("No form of the catalogue has an identifier; right would be '" + FORM
                    + "' with its address, or the form itself");
        }
        return sent.resource(FORM, Questionnaire.class)
                .or(() -> Stream.of(FORM, "canonical")
                        .flatMap(name -> sent.value(name, UriType.class).stream())
                        .findFirst()
                        .map(address -> catalogue.form(address.getValue(), FORM)))
                .or(() -> Stream.of(FORM, "questionnaireRef")
                        .flatMap(name -> sent.value(name, Reference.class).stream())
                        .findFirst()
                        .map(reference -> questionnaires.read(new IdType(reference.getReference()))))
                .orElseThrow(() -> new InvalidRequestException("The parameter '" + FORM
                        + "' is missing; right would be a Questionnaire, its address or a reference to it"));
    }

    private static Map<String, List<Resource>> contexts(SentParameters sent) {
        var all = new LinkedHashMap<String, List<Resource>>();
        sent.named(CONTEXT).forEach(context -> {
            var name = context.getPart()
                    .stream()
                    .filter(part -> part.getName().equals("name") && part.hasValue())
                    .findFirst()
                    .map(part -> part.getValue().primitiveValue())
                    .orElseThrow(() -> new InvalidRequestException(
                            "A 'context' has no 'name'; right would be that of a launchContext of the form"));
            context.getPart()
                    .stream()
                    .filter(part -> part.getName().equals("content"))
                    .forEach(part -> all.computeIfAbsent(name, _ -> new ArrayList<>()).add(content(name, part)));
        });
        return all;
    }

    private static Resource content(String name, ParametersParameterComponent part) {
        return Optional.ofNullable(part.getResource())
                .orElseThrow(() -> new UnprocessableEntityException("The content of the context '" + name
                        + "' is no resource; right would be the resource itself, for nothing is looked up elsewhere"));
    }

    /** Scores name their patient by the clinic's number, and the caller by the reference that they have searched with. */
    private List<Resource> own(Reference subject) {
        List<Resource> all = new ArrayList<>();
        observations.search(new ReferenceParam(subject.getReference()))
                .forEach(one -> all.add(one.setSubject(subject.copy())));
        return all;
    }
}
