package tg.ecom.local.template;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A template, evaluated: what local makes of it, and the stacks nested in it.
 *
 * @param name the stack's name
 * @param logicalPath logical ids from the root template down; empty for the root
 * @param outputs its outputs
 */
public record Stack(
        String name,
        String logicalPath,
        List<FunctionDefinition> functions,
        List<HttpApi> apis,
        List<Table> tables,
        List<Queue> queues,
        List<Topic> topics,
        List<Subscription> subscriptions,
        List<Bucket> buckets,
        List<Secret> secrets,
        List<RotationSchedule> rotations,
        List<EncryptionKey> keys,
        List<KeyAlias> keyAliases,
        List<Database> databases,
        List<CustomResource> customResources,
        List<StateMachineDefinition> stateMachines,
        Map<String, String> outputs,
        List<Stack> nested) {
    /** Those of this stack and of all below it, such as {@code root.all(Stack::functions)}. */
    public <T> List<T> all(Function<Stack, List<T>> kind) {
        return tree().flatMap(stack -> kind.apply(stack).stream()).toList();
    }

    /** This stack and all below it. */
    public Stream<Stack> tree() {
        return Stream.concat(Stream.of(this), nested.stream().flatMap(Stack::tree));
    }
}
