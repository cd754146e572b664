package tg.ecom.local.gateway;

/** One of local's own tools, below {@code /_local}; nothing like it exists in the cloud. */
@FunctionalInterface
public interface ToolEndpoint {
    /** Answers one request. What the caller did wrong is an answer; an exception becomes a 500. */
    ToolAnswer handle(ToolRequest request);
}
