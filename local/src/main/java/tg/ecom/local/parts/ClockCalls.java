package tg.ecom.local.parts;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;

/**
 * Lets a library that asks the machine for the time ask a class of ours instead: ElasticMQ takes a clock for visibility
 * timeouts, but stamps new messages, and so their delays, with the machine's time.
 *
 * @param loader where the library's classes are
 * @param replacement a class with {@code static long currentTimeMillis()}
 */
record ClockCalls(ClassLoader loader, String replacement) {
    private static final String OWNER = "java/lang/System";
    private static final String METHOD = "currentTimeMillis";

    /** The same class, asking ours; most classes never ask, and stay as they are. */
    byte[] moved(byte[] code) {
        if (!new String(code, StandardCharsets.ISO_8859_1).contains(METHOD)) {
            return code;
        }
        ClassFile classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
        return classFile.transformClass(classFile.parse(code), ClassTransform.transformingMethodBodies(this::replace));
    }

    private void replace(CodeBuilder builder, CodeElement element) {
        if (element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals(OWNER)
                && call.name().equalsString(METHOD)) {
            builder.invokestatic(ClassDesc.of(replacement), METHOD, call.typeSymbol());
        } else {
            builder.with(element);
        }
    }
}
