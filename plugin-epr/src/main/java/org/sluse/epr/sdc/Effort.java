// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.sdc;

import java.time.Duration;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;

/**
 * How much work the expressions of one form may make, all together. Counted in what they touch, so that the same input ends at the same place on any machine; what cannot be counted is bounded by
 * time. Whoever signs in may send a form, and must not keep the others waiting with it.
 */
final class Effort {

    /** Some thirty times what a form of 200 items with a sum over all of them in each takes; a second or two. */
    private static final long MOST = 10_000_000;
    /** Of the clock on the wall, and so with room for a machine that has other things to do, or has just begun. */
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int CHARACTERS_PER_UNIT = 16;
    private static final int DIGITS = 1_000;
    private static final int PLACES = 1_000;

    /** More than anybody needs; the message says what of, and quotes nothing. */
    static final class ExceededException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        ExceededException(String message) {
            super(message);
        }
    }

    private final long began = System.nanoTime();
    private long spent;

    /** @throws IllegalArgumentException that is too much */
    void spend(long units) {
        spent += units;
        if (spent > MOST || System.nanoTime() - began > LONGEST.toNanos()) {
            throw new ExceededException(
                    "The form's expressions take too much work; right would be fewer values at a time, for example by where() before select()");
        }
    }

    /** Of what a step has found. */
    void found(Iterable<Base> values) {
        spend(1);
        values.forEach(value -> spend(size(value)));
    }

    /** Before values are compared each with each. */
    void compared(long values) {
        spend(values * values);
    }

    /** Of a text that is to be made. @throws IllegalArgumentException that is too much */
    void text(long characters) {
        spend(characters / CHARACTERS_PER_UNIT);
    }

    /** A number of digits or steps. @throws IllegalArgumentException it is none that anybody needs */
    static void small(Iterable<Base> values) {
        for (var value : values) {
            if (value instanceof IntegerType number && Math.abs((long) number.getValue()) > PLACES) {
                throw new IllegalArgumentException("There is a number of digits of " + number.getValue()
                        + "; right would be at most " + PLACES);
            }
        }
    }

    private static long size(Base value) {
        if (value instanceof DecimalType number && number.hasValue()
                && (number.getValue().unscaledValue().bitLength() > DIGITS * 4
                        || Math.abs((long) number.getValue().scale()) > DIGITS)) {
            throw new IllegalArgumentException("A number has more than " + DIGITS + " digits");
        }
        return value.isPrimitive() && value.hasPrimitiveValue()
                ? 1 + value.primitiveValue().length() / CHARACTERS_PER_UNIT
                : 1;
    }

    /** A text that a regular expression is looked for in, which may go back and forth in it without end. */
    CharSequence watched(CharSequence text) {
        return new Watched(text);
    }

    private final class Watched implements CharSequence {

        private static final int READS = 1_024;

        private final CharSequence text;
        private int reads;

        Watched(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads % READS == 0) {
                spend(READS / CHARACTERS_PER_UNIT);
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
