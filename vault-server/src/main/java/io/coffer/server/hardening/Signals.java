// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import java.lang.reflect.Proxy;

/// Signals of the system. The JDK has them in a class that it advises against and has no other for, so it
/// is reached by name.
public final class Signals {
    private Signals() {}

    /// SIGHUP, also where the process was started so that it ignores it (`nohup`): the JVM leaves such a
    /// signal alone, and whoever rotates files would wait for a daemon that never hears of it.
    public static boolean onHangup(Runnable action) {
        if (Libc.available()) {
            Libc.heedHangups();
        }
        return on("HUP", action);
    }

    /// Runs the action whenever the signal comes, on a thread of the JVM's.
    ///
    /// @param name without `SIG`, as `HUP`
    /// @return whether the JVM lets us have it
    public static boolean on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> "signal handler";
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (ReflectiveOperationException refused) {
            return false;
        }
    }
}
