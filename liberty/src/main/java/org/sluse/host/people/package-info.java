// SPDX-License-Identifier: Apache-2.0
/**
 * The clinic's list of people: who may sign in, and as what. In: administrators. Out: roles for sessions, names for colleagues.
 */
@NullMarked
package org.sluse.host.people;

import org.jspecify.annotations.NullMarked;
