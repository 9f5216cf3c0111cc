// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The component of an {@link Outbound} record carries personal data of these categories. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Carries {

    /** One or more. */
    DataCategory[] value();
}
