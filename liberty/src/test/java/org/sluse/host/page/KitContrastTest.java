// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures the colours of kit.css in light and dark (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11). */
class KitContrastTest {

    private static final Pattern TOKEN = Pattern
            .compile("--([a-z0-9-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\);");

    private static final Map<String, Pair> TOKENS = tokens();

    /** A token's colour in light and in dark. */
    private record Pair(int light, int dark) {}

    @ParameterizedTest
    @CsvSource({"ink", "ink-2", "accent", "ok", "wait", "stop"})
    void text_is_read_at_seven_to_one_on_page_and_sheet(String text) {
        assertThat(contrast(text, "surface")).as("%s on surface", text).isGreaterThanOrEqualTo(7);
        assertThat(contrast(text, "canvas")).as("%s on canvas", text).isGreaterThanOrEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"accent, accent-tint", "ok, ok-tint", "wait, wait-tint", "stop, stop-tint", "ink-2, accent-tint",
            "ink-2, ok-tint", "ink-2, wait-tint",
            "ink-2, stop-tint", "ink, accent-tint", "ink, wait-tint", "ink, stop-tint"})
    void text_is_read_at_six_and_a_half_to_one_on_a_tint(String text, String tint) {
        assertThat(contrast(text, tint)).as("%s on %s", text, tint).isGreaterThanOrEqualTo(6.5);
    }

    @ParameterizedTest
    @CsvSource({"on-accent, accent", "on-accent, accent-press"})
    void the_word_on_a_filled_button_is_read_at_seven_to_one(String text, String button) {
        assertThat(contrast(text, button)).as("%s on %s", text, button).isGreaterThanOrEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"edge, surface", "edge, canvas", "wait-mark, surface", "wait-mark, canvas", "focus, surface",
            "focus, canvas"})
    void borders_of_controls_and_shapes_are_seen_at_three_to_one(String shape, String ground) {
        assertThat(contrast(shape, ground)).as("%s on %s", shape, ground).isGreaterThanOrEqualTo(3);
    }

    @Test
    void no_colour_stands_outside_the_table_of_tokens() {
        var parts = css().substring(css().indexOf("/* ---- Ground"));

        assertThat(Pattern.compile("#[0-9a-fA-F]{3,8}\\b(?=[;\\s,)])")
                .matcher(parts)
                .results()
                .map(match -> match.group())
                .toList()).isEmpty();
    }

    /** The smaller of light and dark. */
    private static double contrast(String one, String other) {
        assertThat(TOKENS).containsKeys(one, other);
        var a = requireNonNull(TOKENS.get(one));
        var b = requireNonNull(TOKENS.get(other));
        return Math.min(contrast(a.light(), b.light()), contrast(a.dark(), b.dark()));
    }

    private static double contrast(int one, int other) {
        var lighter = Math.max(luminance(one), luminance(other));
        var darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /** WCAG 2.2, relative luminance. */
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        var part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static Map<String, Pair> tokens() {
        var tokens = new HashMap<String, Pair>();
        TOKEN.matcher(css())
                .results()
                .forEach(match -> tokens.put(match.group(1),
                        new Pair(Integer.parseInt(match.group(2), 16), Integer.parseInt(match.group(3), 16))));
        return tokens;
    }

    private static String css() {
        try (var stream = KitContrastTest.class.getResourceAsStream("/META-INF/sluse/kit/kit.css")) {
            assertThat(stream).as("kit.css").isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
