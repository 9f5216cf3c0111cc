// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The jars that go in and those that stay out. Immutable. */
public final class Selection {

    private static final Pattern DOTTED_NAME = Pattern.compile("[\\p{L}_$][\\w$]*(\\.[\\p{L}_$][\\w$]*)+");
    private static final Pattern BEFORE_THE_CAUSE = Pattern
            .compile("^.*?(?=WELD-\\d|cause=)(cause=)?|^SRVE0283E: Exception caught while initializing context: ");
    private static final int LONGEST_DETAIL = 400;

    private final List<PluginJar> jars;
    private final List<LeftOut> leftOut;

    Selection(List<PluginJar> jars, List<LeftOut> leftOut) {
        this.jars = List.copyOf(jars);
        this.leftOut = leftOut.stream().sorted(Comparator.comparing(LeftOut::jar)).toList();
    }

    static LeftOut leftOut(PluginJar jar, RefusedException cause) {
        return new LeftOut(jar.name(), java.util.Optional.of(jar.id()), cause.reason(),
                String.valueOf(cause.getMessage()));
    }

    /**
     * The application with these jars in it, as Open Liberty's definition of a loose application.
     *
     * @param application the application as built, exploded
     */
    public String definition(Path application) {
        return LooseApplication.xml(application, jars);
    }

    /** What stays out, by name of the file. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /**
     * The same without the plugins of whose classes a start that failed speaks.
     *
     * @param errors the errors that the server has printed, one or more lines each
     */
    public Selection without(List<String> errors) {
        var causes = new HashMap<PluginJar, RefusedException>();
        for (var error : errors) {
            var named = DOTTED_NAME.matcher(error).results().map(MatchResult::group).toList();
            for (var jar : jars) {
                if (named.stream().anyMatch(name -> isOf(jar, name))) {
                    causes.putIfAbsent(jar, new RefusedException(LeftOut.Reason.CANNOT_START, shortened(error)));
                }
            }
        }
        var staying = new ArrayList<>(jars);
        staying.removeAll(causes.keySet());
        var out = new ArrayList<>(leftOut);
        causes.forEach((jar, cause) -> out.add(leftOut(jar, cause)));
        return new Selection(staying, out);
    }

    /** A stack names methods, a message fields, the container its proxies: the class is in front of them. */
    private static boolean isOf(PluginJar jar, String name) {
        var candidate = name;
        while (!candidate.isEmpty() && !jar.classes().contains(candidate)) {
            candidate = candidate.substring(0,
                    Math.max(0, Math.max(candidate.lastIndexOf('.'), candidate.lastIndexOf('$'))));
        }
        return !candidate.isEmpty();
    }

    /** Without what the server puts before the cause, and in one line. */
    private static String shortened(String error) {
        var line = BEFORE_THE_CAUSE.matcher(error.replaceAll("\\s+", " ").strip()).replaceFirst("");
        return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + " ...";
    }
}
