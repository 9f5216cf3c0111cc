// SPDX-License-Identifier: Apache-2.0
package org.sluse.it.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first thread that comes to a {@link Step}, while all others go on. A folder says which: a file with the name of the step becomes one with {@code .reached} behind it when the step is reached, and
 * the thread goes on once that is gone.
 */
public final class StepAgent {

    private static final String KEY = "sluse.steps";

    private StepAgent() {
    }

    /** @param folder that says which step */
    public static void premain(String folder, Instrumentation instrumentation) {
        var where = Path.of(folder);
        // Among the properties of the system, since that is what every class can reach.
        System.getProperties().put(KEY, (Consumer<String>) step -> come(where, step));
        instrumentation.addTransformer(new Transformer());
    }

    private static void come(Path folder, String step) {
        var reached = folder.resolve(step + ".reached");
        try {
            Files.move(folder.resolve(step), reached, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException notThisOne) {
            return;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        while (Files.exists(reached)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static final class Transformer implements ClassFileTransformer {

        @Override
        public byte @Nullable [] transform(Module module, @Nullable ClassLoader loader, String name,
                @Nullable Class<?> being, @Nullable ProtectionDomain domain, byte[] bytes) {
            var steps = Arrays.stream(Step.values()).filter(step -> step.type().equals(name)).toList();
            if (steps.isEmpty() || loader == null) {
                return null;
            }
            var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver
                    .ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
            var whole = ClassTransform.ACCEPT_ALL;
            for (var step : steps) {
                whole = whole.andThen(ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString(step.method()),
                        CodeTransform.ofStateful(() -> new Through(step))));
            }
            return file.transformClass(file.parse(bytes), whole);
        }
    }

    /** {@code ((Consumer) System.getProperties().get(KEY)).accept(step)} */
    private record Through(Step step) implements CodeTransform {

        private static final ClassDesc PROPERTIES = ClassDesc.of("java.util.Properties");
        private static final ClassDesc CONSUMER = ClassDesc.of("java.util.function.Consumer");

        @Override
        public void atStart(CodeBuilder code) {
            if (step.at() == Step.At.BEGIN) {
                come(code);
            }
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (step.at() == Step.At.END && element instanceof ReturnInstruction) {
                come(code);
            }
            code.with(element);
        }

        private void come(CodeBuilder code) {
            code.invokestatic(ClassDesc.of("java.lang.System"), "getProperties", MethodTypeDesc.of(PROPERTIES))
                    .ldc(KEY)
                    .invokevirtual(PROPERTIES, "get",
                            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                    .checkcast(CONSUMER)
                    .ldc(step.name())
                    .invokeinterface(CONSUMER, "accept", MethodTypeDesc.of(ConstantDescs.CD_void,
                            ConstantDescs.CD_Object));
        }
    }
}
