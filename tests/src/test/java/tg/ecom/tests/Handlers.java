package tg.ecom.tests;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tg.ecom.local.template.EventSource.HttpRoute;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.WebhookFunction;

/** The functions that the templates have behind routes, and the classes that answer there. */
final class Handlers {
    private static final Stack STACK = Repository.stack();

    private Handlers() {}

    /**
     * A route and what answers it.
     *
     * @param route as its template has it
     * @param type the handler's class, not initialised
     */
    record Routed(HttpRoute route, Class<?> type) {
        /** The operation that the class is by its name. */
        String operationId() {
            String name = type.getSimpleName();
            return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        }

        /** Method, path and operation, as messages name them. */
        String description() {
            return route.method() + " " + route.path() + " " + operationId();
        }

        /** Whether it is for people signed in. */
        boolean isSignedIn() {
            return type.getSuperclass() == ApiFunction.class;
        }

        /** The record of what it is asked. */
        Class<?> request() {
            return (Class<?>) typeArguments()[0];
        }

        /** The record of what it answers. */
        Class<?> response() {
            return (Class<?>) typeArguments()[1];
        }

        private Type[] typeArguments() {
            return ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
        }
    }

    /** Every route of every template. */
    static List<Routed> all() {
        return STACK.all(Stack::functions).stream().flatMap(Handlers::routed).toList();
    }

    private static Stream<Routed> routed(FunctionDefinition function) {
        return function.events().stream()
                .filter(HttpRoute.class::isInstance)
                .map(HttpRoute.class::cast)
                .map(route -> new Routed(route, type(function)));
    }

    private static Class<?> type(FunctionDefinition function) {
        try {
            Class<?> type = Class.forName(function.handler(), false, Handlers.class.getClassLoader());
            Class<?> parent = type.getSuperclass();
            if (RequestStreamHandler.class.isAssignableFrom(type)
                    && (parent == ApiFunction.class
                            || parent == PublicFunction.class
                            || parent == WebhookFunction.class)) {
                return type;
            }
            throw new AssertionError(
                    function.handler() + " has a route but is no ApiFunction, PublicFunction or WebhookFunction");
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(function.logicalPath() + " names a class that there is not", missing);
        }
    }
}
