// SPDX-License-Identifier: Apache-2.0
package org.sluse.problem;

/**
 * What is wrong with one value of a request.
 *
 * @param pointer where, as a JSON pointer (RFC 6901), for example {@code /displayName}
 * @param code what, for a program and as the text key {@code error.<code>}, for example {@code looks-like-phone}
 * @param detail one English sentence: what is wrong; what would be right. Never the value
 */
public record FieldError(String pointer, String code, String detail) {}
