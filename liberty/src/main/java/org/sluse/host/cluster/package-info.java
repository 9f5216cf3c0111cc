// SPDX-License-Identifier: Apache-2.0
/**
 * The nodes of one location as a group that notices who dies, and carries bytes between them. In: that another node serves, from the control database. Out: which node is the home of a clinic's sockets, news
 * when that changes, and what another node says. Called by {@code live}. See {@code docs/adr/0047-one-node-is-a-clinics-home.md}.
 */
@NullMarked
package org.sluse.host.cluster;

import org.jspecify.annotations.NullMarked;
