// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.config;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A bean of the host: made once for each node, when it is first injected, and shared by all threads. What is injected is the object itself and no client
 * proxy, so that the class may be final and has one constructor. Beans of this kind cannot be injected in a circle.
 *
 * <p>A stereotype, because {@code @Singleton} by itself does not make a class a bean where beans are discovered by annotation (CDI 4.0, 2.5.1).
 */
@Stereotype
@Singleton
@Target(TYPE)
@Retention(RUNTIME)
public @interface OnePerNode {
}
