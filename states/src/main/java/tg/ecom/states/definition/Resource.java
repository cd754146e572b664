package tg.ecom.states.definition;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a Task calls, as its field Resource names it. */
public sealed interface Resource {
    /** The service, as history events name it. */
    String service();

    /** The action, as history events name it: {@code invoke.waitForTaskToken}. */
    String action();

    /** When the Task is done. */
    Completion completion();

    /** When a Task is done: the integration patterns of the developer guide. */
    enum Completion {
        /** When the service has answered. */
        RESPONSE(""),
        /** When somebody sends the task token back. */
        TOKEN(".waitForTaskToken"),
        /** When what was started has ended. */
        SYNC(".sync"),
        /** When what was started has ended, whose output is then read as JSON. */
        SYNC_2(".sync:2");

        private final String suffix;

        Completion(String suffix) {
            this.suffix = suffix;
        }
    }

    /** An action of a service that can be called. */
    enum Action {
        /** lambda:invoke. */
        INVOKE(
                "lambda",
                "invoke",
                Set.of(Completion.RESPONSE, Completion.TOKEN),
                Set.of("FunctionName", "Payload", "Qualifier"),
                "FunctionName"),
        /** states:startExecution. */
        START_EXECUTION(
                "states",
                "startExecution",
                Set.of(Completion.values()),
                Set.of("StateMachineArn", "Input", "Name"),
                "StateMachineArn");

        private final String service;
        private final String action;
        private final Set<Completion> completions;
        private final Set<String> arguments;
        private final String required;

        Action(String service, String action, Set<Completion> completions, Set<String> arguments, String required) {
            this.service = service;
            this.action = action;
            this.completions = completions;
            this.arguments = arguments;
            this.required = required;
        }

        /** The names that Arguments may have. */
        public Set<String> arguments() {
            return arguments;
        }

        /** The name that Arguments must have. */
        public String required() {
            return required;
        }
    }

    /** A function by its own ARN: what it is given is its event, what it answers the result. */
    record LambdaFunction(String arn) implements Resource {
        private static final String START = "arn:aws:lambda:";

        @Override
        public String service() {
            return Action.INVOKE.service;
        }

        @Override
        public String action() {
            return arn;
        }

        @Override
        public Completion completion() {
            return Completion.RESPONSE;
        }
    }

    /** An action of a service with a response of its own. */
    record Integration(Action called, Completion completion) implements Resource {
        private static final String START = "arn:aws:states:::";

        @Override
        public String service() {
            return called.service;
        }

        @Override
        public String action() {
            return called.action + completion.suffix;
        }
    }

    /** Reads a Resource. @return empty when it is none that this interpreter can call */
    static Optional<Resource> parse(String text) {
        if (text.startsWith(LambdaFunction.START)) {
            return Optional.of(new LambdaFunction(text));
        }
        return Arrays.stream(Action.values())
                .flatMap(action -> action.completions.stream().map(completion -> new Integration(action, completion)))
                .filter(each -> text.equals(Integration.START + each.service() + ":" + each.action()))
                .map(Resource.class::cast)
                .findFirst();
    }
}
