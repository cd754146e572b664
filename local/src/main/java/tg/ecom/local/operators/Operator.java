package tg.ecom.local.operators;

import java.util.Optional;
import tg.ecom.local.gateway.OperatorRequest;
import tg.ecom.local.gateway.ToolAnswer;

/** A payment operator as its customers' servers see it. */
sealed interface Operator permits YasOperator {
    /** Its name in paths, such as {@code yas}. */
    String name();

    /** What it has written down. */
    OperatorBooks books();

    /** How it tells our webhook. */
    Webhooks webhooks();

    /** Answers a request; nothing when the connection is to be cut instead. */
    Optional<ToolAnswer> answer(OperatorRequest request);
}
