package tg.ecom.ledger;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Where statements run: each committed by itself, or all in a transaction that somebody else commits. */
@FunctionalInterface
interface Statements {
    <T> T run(Function<Handle, T> work);

    static Statements in(Handle transaction) {
        return new Statements() {
            @Override
            public <T> T run(Function<Handle, T> work) {
                return work.apply(transaction);
            }
        };
    }
}
