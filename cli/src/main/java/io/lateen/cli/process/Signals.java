package io.lateen.cli.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hears the signals that are sent to this process, in place of the JVM's own answer to them.
 *
 * <p>By reflection on {@code sun.misc.Signal} (module jdk.unsupported): the JDK has no other way to
 * hear a signal by its name, and naming the class in code is a warning that javac lets nobody
 * silence. QUIT (a dump of threads) and USR1 stay the JVM's.
 */
public final class Signals {

    private static final List<String> PASSED_ON = List.of("TERM", "INT", "HUP", "USR2", "WINCH");

    private Signals() {}

    /** Whether {@code signal} asks a process to end. */
    public static boolean ends(String signal) {
        return signal.equals("TERM") || signal.equals("INT") || signal.equals("HUP");
    }

    /** From now on calls {@code listener} with each signal's name, on a thread of the JVM's. */
    public static void listen(Consumer<String> listener) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler heard =
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            listener.accept(
                                    (String) signal.getMethod("getName").invoke(arguments[0]));
                            return null;
                        }
                        return method.invoke(listener, arguments);
                    };
            Object proxy =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(), new Class<?>[] {handler}, heard);
            for (String name : PASSED_ON) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has no module jdk.unsupported", e);
        }
    }
}
