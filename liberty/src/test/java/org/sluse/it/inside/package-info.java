// SPDX-License-Identifier: Apache-2.0
/**
 * A server of its own into which Arquillian puts tests that need the container inside: what the host injects, and into whom. In: the built application
 * with the test classes added. Out: one clinic, {@link org.sluse.it.inside.InsideClinic}, in an empty data folder. Called by tests in packages of plugins.
 */
@NullMarked
package org.sluse.it.inside;

import org.jspecify.annotations.NullMarked;
