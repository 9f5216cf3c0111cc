// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The component of an {@link Outbound} record says nothing about a person. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Impersonal {

    /** Why not, for the reader of the code; for example {@code random per session}. */
    String value();
}
