// SPDX-License-Identifier: Apache-2.0
/**
 * The audit trail as FHIR R4. In: entries of {@link org.sluse.host.audit.AuditEntries}. Out: AuditEvent resources in the shape of IHE BALP, at {@code /fhir/{tenant}/AuditEvent} and as a
 * file; for administrators.
 */
@NullMarked
package org.sluse.host.fhir.audit;

import org.jspecify.annotations.NullMarked;
