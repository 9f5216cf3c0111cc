// SPDX-License-Identifier: Apache-2.0
package org.sluse.benchmark;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Executable;
import java.util.Arrays;

/** Makes beans of the host, which keeps their constructors to itself, as its container does; for measurements of what it does without HTTP. */
final class Inside {

    private Inside() {
    }

    /** By the constructor that takes these. */
    static <T> T make(Class<T> type, Object... arguments) {
        try {
            return type.cast(taking(type.getDeclaredConstructors(), type.getName(), arguments).newInstance(arguments));
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(type.getName() + " cannot be made", failed);
        }
    }

    /** The same, of a type that the host shows nobody. */
    static Object make(String type, Object... arguments) {
        return make(named(type), arguments);
    }

    /** Calls the method that has this name and takes these. */
    static void call(Object bean, String method, Object... arguments) {
        var named = Arrays.stream(bean.getClass().getDeclaredMethods()).filter(one -> one.getName().equals(method));
        try {
            taking(named.toArray(java.lang.reflect.Method[]::new), method, arguments).invoke(bean, arguments);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(method + " of " + bean.getClass().getName() + " failed", failed);
        }
    }

    private static Class<?> named(String type) {
        try {
            return Class.forName(type);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static <E extends Executable> E taking(E[] all, String name, Object... arguments) {
        var found = Arrays.stream(all)
                .filter(one -> takes(one.getParameterTypes(), arguments))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing of " + name + " takes "
                        + Arrays.stream(arguments).map(one -> one.getClass().getName()).toList()));
        ((AccessibleObject) found).setAccessible(true);
        return found;
    }

    private static boolean takes(Class<?>[] parameters, Object... arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (var one = 0; one < parameters.length; one++) {
            if (!parameters[one].isInstance(arguments[one])) {
                return false;
            }
        }
        return true;
    }
}
