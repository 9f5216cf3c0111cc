// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.operate;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A resource whose every call is asked for the operator's token before its body is read: whoever has none learns nothing of what would be right in it. */
@NameBinding
@Target(TYPE)
@Retention(RUNTIME)
@interface ForOperator {
}
