package tg.ecom.states.definition;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A definition is wrong, in one or more places. */
public final class InvalidDefinitionException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // A list of records of texts; nobody writes this exception down.
    private final List<Diagnostic> diagnostics;

    /** With all that is wrong. */
    InvalidDefinitionException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::toString).collect(joining(", ")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** All that is wrong, in the order of the definition. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
