// SPDX-License-Identifier: Apache-2.0
/**
 * What the tests of a plugin stand on: a clock and ids by hand, a real PostgreSQL with the plugin's own schema, and the contract that the
 * running server is held to. In: a plugin's tests. Out: nothing reaches the product.
 */
@NullMarked
package org.sluse.testkit;

import org.jspecify.annotations.NullMarked;
