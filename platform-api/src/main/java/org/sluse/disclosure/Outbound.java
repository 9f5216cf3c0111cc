// SPDX-License-Identifier: Apache-2.0
package org.sluse.disclosure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record that leaves. Every component carries {@link Carries} or {@link Impersonal}; otherwise the plugin is refused at boot. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Outbound {

    /** The id of the recipient. */
    String to();
}
