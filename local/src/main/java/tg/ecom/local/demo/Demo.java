package tg.ecom.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tg.ecom.client.Ecom;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.local.tools.Administrators;
import tg.ecom.local.tools.Books;
import tg.ecom.local.tools.JsonAnswers;
import tg.ecom.local.tools.StoreOpening;
import tg.ecom.platform.Json;

/** {@code /_local/demo}: loads a small Lomé, one load at a time. */
public final class Demo {
    /** The tool's name. */
    public static final String TOOL = "demo";

    /** Shorter than clients wait for an answer. */
    private static final Duration ANSWERED_MAX = Duration.ofSeconds(20);

    private final JsonAnswers json = new JsonAnswers();
    private final DemoLoad.Parts parts;
    private Optional<CompletableFuture<Loaded>> newest = Optional.empty();

    /** Over this machine as apps see it, and the tools beside its API. */
    public Demo(Ecom ecom, Books books, StoreOpening stores, Administrators administrators) {
        this.parts = new DemoLoad.Parts(ecom, books, stores, administrators);
    }

    /** Takes POST. What takes long is answered by 202 meanwhile, and goes on. */
    public ToolEndpoint endpoint() {
        return json.tool("POST", this::answer);
    }

    /**
     * Loads what is missing, or joins the load that is under way.
     *
     * @param told once a person of a load that begins here
     * @throws JsonAnswers.Refusal when something is refused, in a sentence
     */
    public Loaded load(Runnable told) {
        try {
            return begun(told).join();
        } catch (CompletionException failed) {
            throw cause(failed);
        }
    }

    private JsonNode answer(ToolRequest request) {
        try {
            return Json.mapper().valueToTree(begun(() -> {}).get(ANSWERED_MAX.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException later) {
            throw new JsonAnswers.UnderWay("It is being loaded. Ask again.");
        } catch (ExecutionException failed) {
            throw cause(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new JsonAnswers.UnderWay("It was not loaded before the end.");
        }
    }

    private synchronized CompletableFuture<Loaded> begun(Runnable told) {
        CompletableFuture<Loaded> load = newest.filter(underWay -> !underWay.isDone())
                .orElseGet(() -> CompletableFuture.supplyAsync(
                        () -> new DemoLoad(Town.read(), parts).run(told),
                        work -> Thread.ofVirtual().name("demo").start(work)));
        newest = Optional.of(load);
        return load;
    }

    private static RuntimeException cause(Exception failed) {
        return failed.getCause() instanceof RuntimeException told ? told : new IllegalStateException(failed.getCause());
    }
}
