// SPDX-License-Identifier: Apache-2.0
package org.sluse.cli.plugin;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a class file says of its class.
 *
 * @param name for example {@code org.example.loan.LoanPlugin}
 * @param javaLevel the Java that it was compiled for, for example 25
 * @param concrete whether there can be an instance
 * @param interfaces names of those that it names itself
 * @param annotations those at run time, by name, each with its text values by member
 * @param uses names of the classes that it speaks of; of those that the host hands to plugins only if it makes one by itself
 */
record ScannedClass(String name, int javaLevel, boolean concrete, Set<String> interfaces,
        Map<String, Map<String, String>> annotations, Set<String> uses) {

    private static final int BEFORE_JAVA_1 = 44;
    /** {@code DisclosureSockets} gives both, and what it gives goes through the gate. */
    private static final Set<String> HANDED_OUT = Set.of("java.net.Socket", "javax.net.SocketFactory");
    private static final Set<String> MAKING = Set.of("<init>", "getDefault", "setSocketImplFactory");

    /** @throws IllegalArgumentException when these are not the bytes of a class that this Java can read */
    static ScannedClass of(byte[] bytes) {
        var model = ClassFile.of().parse(bytes);
        return new ScannedClass(dotted(model.thisClass()), model.majorVersion() - BEFORE_JAVA_1,
                !model.flags().has(AccessFlag.ABSTRACT),
                model.interfaces().stream().map(ScannedClass::dotted).collect(Collectors.toSet()), annotations(model),
                uses(model));
    }

    private static Set<String> uses(ClassModel model) {
        var entries = StreamSupport.stream(model.constantPool().spliterator(), false).toList();
        var made = entries.stream()
                .filter(MemberRefEntry.class::isInstance)
                .map(MemberRefEntry.class::cast)
                .filter(member -> MAKING.contains(member.name().stringValue()))
                .map(member -> dotted(member.owner()))
                .collect(Collectors.toSet());
        return entries.stream()
                .filter(ClassEntry.class::isInstance)
                .map(entry -> dotted((ClassEntry) entry))
                .filter(name -> !HANDED_OUT.contains(name) || made.contains(name))
                .collect(Collectors.toSet());
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    Optional<String> text(String annotation, String member) {
        return Optional.ofNullable(annotations.getOrDefault(annotation, Map.of()).get(member));
    }

    boolean has(String annotation) {
        return annotations.containsKey(annotation);
    }

    private static Map<String, Map<String, String>> annotations(ClassModel model) {
        var found = new HashMap<String, Map<String, String>>();
        model.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(attribute -> attribute.annotations()
                        .forEach(one -> found.put(binaryName(one.className().stringValue()), texts(one))));
        return found;
    }

    private static Map<String, String> texts(Annotation annotation) {
        var texts = new HashMap<String, String>();
        annotation.elements().forEach(element -> {
            if (element.value() instanceof AnnotationValue.OfString text) {
                texts.put(element.name().stringValue(), text.stringValue());
            }
        });
        return texts;
    }

    private static String dotted(ClassEntry entry) {
        var name = entry.asInternalName();
        return name.startsWith("[") ? binaryName(name.replaceFirst("^\\[+", "")) : name.replace('/', '.');
    }

    /** From a descriptor such as {@code Ljava/lang/String;}. */
    private static String binaryName(String descriptor) {
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
                : descriptor;
    }
}
