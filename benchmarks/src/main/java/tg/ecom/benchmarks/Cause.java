package tg.ecom.benchmarks;

import java.util.List;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;

/** Why a function runs while something is measured. */
enum Cause {
    /** For what is measured. */
    CHARGE,
    /** By the clock, whatever else happens. */
    CLOCK,
    /** Since an app reads. */
    READING;

    static Cause of(FunctionDefinition function) {
        List<EventSource> events = function.events();
        if (events.stream().anyMatch(EventSource.Schedule.class::isInstance)) {
            return CLOCK;
        }
        return events.stream().anyMatch(Cause::isReading) ? READING : CHARGE;
    }

    /** The routes that lead to a function. */
    static List<EventSource> routes(FunctionDefinition function) {
        return function.events().stream()
                .filter(EventSource.HttpRoute.class::isInstance)
                .toList();
    }

    private static boolean isReading(EventSource event) {
        return event instanceof EventSource.HttpRoute route && route.method().equals("GET");
    }
}
