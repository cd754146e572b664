package tg.ecom.local.parts;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Lets a library that asks the machine for the time ask a class of ours instead: ElasticMQ takes a clock for visibility
 * timeouts, but stamps new messages, and so their delays, with the machine's time.
 *
 * @param loader where the library's classes are
 * @param replacement a class with {@code static long currentTimeMillis()} and {@code static OffsetDateTime now()}
 */
record ClockCalls(ClassLoader loader, String replacement) {
    /** The calls without arguments that are replaced: a method's name, and the class that has it. */
    private static final Map<String, String> METHODS =
            Map.of("currentTimeMillis", "java/lang/System", "now", "java/time/OffsetDateTime");

    /** The same class, asking ours; most classes never ask, and stay as they are. */
    byte[] moved(byte[] code) {
        String text = new String(code, StandardCharsets.ISO_8859_1);
        if (METHODS.entrySet().stream()
                .noneMatch(method -> text.contains(method.getKey()) && text.contains(method.getValue()))) {
            return code;
        }
        ClassFile classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
        return classFile.transformClass(classFile.parse(code), ClassTransform.transformingMethodBodies(this::replace));
    }

    private void replace(CodeBuilder builder, CodeElement element) {
        if (element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals(METHODS.get(call.name().stringValue()))
                && call.typeSymbol().parameterCount() == 0) {
            builder.invokestatic(ClassDesc.of(replacement), call.name().stringValue(), call.typeSymbol());
        } else {
            builder.with(element);
        }
    }
}
