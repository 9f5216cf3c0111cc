// SPDX-License-Identifier: Apache-2.0
package org.sluse.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting: a component of a settings record. Allowed types: {@code String}, {@code int}, {@code boolean}, an enum,
 * {@code Optional<URI>}, {@code Optional<String>}, {@code Optional<Secret>}. The label is the key
 * {@code setting.<component>} of the plugin's message bundles, the hint {@code setting.<component>.hint}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** Value where the clinic has set none, as text; the empty string means absent ({@code Optional} components only). */
    String byDefault() default "";

    /** Unit that is shown behind a number, as a key of the plugin's bundle; empty for none. */
    String unit() default "";

    /** Smallest allowed number, inclusive. */
    int min() default 0;

    /** Largest allowed number, inclusive; for text the largest number of characters. */
    int max() default 1_000_000;
}
