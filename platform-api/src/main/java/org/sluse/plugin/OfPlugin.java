// SPDX-License-Identifier: Apache-2.0
package org.sluse.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The JAX-RS resource exists only for tenants that have this plugin on. Its path begins with <code>/{tenant}/&lt;plugin&gt;</code>;
 * a guard test compares both.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OfPlugin {

    /** The plugin's id. */
    String value();
}
