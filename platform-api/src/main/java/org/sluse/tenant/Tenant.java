// SPDX-License-Identifier: Apache-2.0
package org.sluse.tenant;

/**
 * A clinic whose data is kept apart from every other's.
 *
 * @param id the stable identifier
 * @param name what people call the clinic, for example {@code Clinic North}; shown on every page
 * @param location where its data rests, as people say it, for example {@code Frankfurt}
 */
public record Tenant(TenantId id, String name, String location) {}
