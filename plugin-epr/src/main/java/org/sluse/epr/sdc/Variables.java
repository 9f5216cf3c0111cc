// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;

/**
 * Names that a form gives to what it has worked out, for the item that has them and those below (SDC 4.0, expressions, "variable"). One that cannot be worked out is no issue until an
 * expression asks for it: a form may have names for other purposes than the present one.
 */
final class Variables {

    private final FormPaths paths;
    private final Optional<Queries> queries;
    private final Issues issues;

    /** Where nothing is asked for: a query has no value. */
    Variables(FormPaths paths, Issues issues) {
        this.paths = paths;
        this.queries = Optional.empty();
        this.issues = issues;
    }

    Variables(FormPaths paths, Queries queries, Issues issues) {
        this.paths = paths;
        this.queries = Optional.of(queries);
        this.issues = issues;
    }

    /** The scope with what an element of the form names, in its order: each knows those before it. */
    FormPaths.Scope named(List<Extension> extensions, String path, FormPaths.Scope scope) {
        var here = new HashSet<String>();
        var with = scope;
        for (var extension : extensions) {
            if (!extension.getUrl().equals(Sdc.VARIABLE) || !(extension.getValue() instanceof Expression variable)) {
                continue;
            }
            if (!variable.hasName()) {
                issues.error(path, "A variable has no name; right would be one that expressions can use");
            } else if (here.add(variable.getName())) {
                with = evaluated(variable, path, with);
            } else {
                issues.error(path, "Two variables are called '" + variable.getName() + "'; right would be one");
            }
        }
        return with;
    }

    private FormPaths.Scope evaluated(Expression variable, String path, FormPaths.Scope scope) {
        if (queries.isPresent() && Queries.isQuery(variable)) {
            return scope.with(variable.getName(), List.of(queries.get().searchset(variable, path, scope)));
        }
        try {
            return scope.with(variable.getName(), paths.evaluate(FormPaths.fhirPath(variable), scope));
        } catch (IllegalArgumentException wrong) {
            return scope.without(variable.getName(), String.valueOf(wrong.getMessage()));
        }
    }
}
