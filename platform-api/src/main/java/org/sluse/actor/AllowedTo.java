// SPDX-License-Identifier: Apache-2.0
package org.sluse.actor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the roles that may call a JAX-RS method; one of them is enough. The host refuses everybody else before the method
 * runs, with 401 when nobody is signed in and 403 otherwise. A guard test fails on a resource method without it. On a class
 * it holds for each method that has none of its own.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AllowedTo {

    /** One or more roles. */
    Role[] value();
}
