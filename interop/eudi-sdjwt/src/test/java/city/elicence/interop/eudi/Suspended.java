package city.elicence.interop.eudi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.jspecify.annotations.Nullable;

/** Calls a library's suspending functions from Java; those whose names Java cannot write are found by what stands before the dash. */
final class Suspended {
    private Suspended() {}

    /** What the function gives, or what it failed with. */
    static Object call(Object target, String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(target.getClass().getMethods())
                .filter(m -> m.getName().equals(name) || m.getName().startsWith(name + "-"))
                .filter(m -> takes(m, arguments))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + target.getClass()));
        method.setAccessible(true);
        Object given = BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, continuation) -> {
            @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = continuation;
            try {
                return method.invoke(target, all);
            } catch (InvocationTargetException | IllegalAccessException e) {
                throw new IllegalStateException(e.getCause());
            }
        });
        Object plain = given instanceof kotlin.Result<?>
                ? kotlin.Result.class.getMethod("unbox-impl").invoke(given)
                : given;
        kotlin.ResultKt.throwOnFailure(plain);
        return plain;
    }

    private static boolean takes(Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length + 1) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!types[i].isPrimitive() && !types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }
}
