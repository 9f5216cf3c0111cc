// SPDX-License-Identifier: Apache-2.0
/**
 * A real HAPI FHIR JPA server in a process of its own: the EPR that tests deliver to. A stranger to the product, with its own version of HAPI, and
 * never shipped.
 *
 * <p>A module's test depends on {@code org.sluse:hapi-peer} in scope test, which brings {@link org.sluse.peer.HapiPeerProcess} and no library at all
 * (everything the server needs is optional and lies in {@code hapi-peer/target/lib}), and writes
 * {@code try (var epr = HapiPeerProcess.start()) { ... epr.base() ... }}. Starting takes some 20 seconds: once per test class is often enough.
 *
 * <p>By hand: {@code java -cp 'hapi-peer/target/classes:hapi-peer/target/lib/*' org.sluse.peer.HapiPeer --port 8090}.
 */
@NullMarked
package org.sluse.peer;

import org.jspecify.annotations.NullMarked;
