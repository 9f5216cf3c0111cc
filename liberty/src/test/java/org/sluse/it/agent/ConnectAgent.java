// SPDX-License-Identifier: Apache-2.0
package org.sluse.it.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes down every connect. Java opens each connection to a host, of a {@code Socket}, a channel or its HTTP client, through {@code sun.nio.ch.Net.connect}; the agent
 * adds a call in front of it. Plugins and libraries cannot go past it without native code.
 */
public final class ConnectAgent {

    private static final String KEY = "sluse.connects";
    private static final String NET = "sun/nio/ch/Net";
    /** {@code Net.connect(ProtocolFamily, FileDescriptor, InetAddress, int)}, where all others end. */
    private static final String CONNECT = "(Ljava/net/ProtocolFamily;Ljava/io/FileDescriptor;Ljava/net/InetAddress;I)I";

    private ConnectAgent() {
    }

    /** @param file where to write; the number of the process is added to its name */
    public static void premain(String file, Instrumentation instrumentation) throws Exception {
        var log = Path.of(file + "." + ProcessHandle.current().pid());
        Files.writeString(log, "");
        // Among the properties of the system, since that is what a class of java.base can reach.
        System.getProperties()
                .put(KEY, (BiConsumer<InetAddress, Integer>) (address, port) -> write(log, address, port));
        var transformer = new Transformer();
        instrumentation.addTransformer(transformer, true);
        instrumentation.retransformClasses(Class.forName("sun.nio.ch.Net"));
        if (!transformer.done) {
            // A record of nothing would look like a server that connects to nobody.
            Files.writeString(log, "no-agent 0 Net.connect was not found\n");
        }
    }

    private static void write(Path log, InetAddress address, int port) {
        var callers = Arrays.stream(new Throwable().getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("sun.") && !name.startsWith("jdk.")
                        && !name.startsWith("org.sluse.it.agent."))
                .distinct()
                .collect(Collectors.joining(" "));
        try {
            Files.writeString(log, address.getHostAddress() + " " + port + " " + callers + "\n",
                    StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static final class Transformer implements ClassFileTransformer {

        private boolean done;

        @Override
        public byte @Nullable [] transform(Module module, @Nullable ClassLoader loader, String name,
                @Nullable Class<?> being, @Nullable ProtectionDomain domain, byte[] bytes) {
            if (!NET.equals(name)) {
                return null;
            }
            var file = ClassFile.of();
            return file.transformClass(file.parse(bytes), ClassTransform.transformingMethodBodies(this::isConnect,
                    CodeTransform.ofStateful(() -> new InFront())));
        }

        private boolean isConnect(MethodModel method) {
            var is = method.methodName().equalsString("connect") && method.methodType().equalsString(CONNECT);
            done |= is;
            return is;
        }
    }

    /** {@code ((BiConsumer) System.getProperties().get(KEY)).accept(address, port)}, once, before everything else. */
    private static final class InFront implements CodeTransform {

        private static final ClassDesc PROPERTIES = ClassDesc.of("java.util.Properties");
        private static final ClassDesc CONSUMER = ClassDesc.of("java.util.function.BiConsumer");

        @Override
        public void atStart(CodeBuilder code) {
            code.invokestatic(ClassDesc.of("java.lang.System"), "getProperties", MethodTypeDesc.of(PROPERTIES))
                    .ldc(KEY)
                    .invokevirtual(PROPERTIES, "get",
                            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                    .checkcast(CONSUMER)
                    .aload(2)
                    .iload(3)
                    .invokestatic(ConstantDescs.CD_Integer, "valueOf",
                            MethodTypeDesc.of(ConstantDescs.CD_Integer, ConstantDescs.CD_int))
                    .invokeinterface(CONSUMER, "accept", MethodTypeDesc.of(ConstantDescs.CD_void,
                            ConstantDescs.CD_Object, ConstantDescs.CD_Object));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
