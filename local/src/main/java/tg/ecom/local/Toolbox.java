package tg.ecom.local;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tg.ecom.client.Ecom;
import tg.ecom.local.aws.SmsOutbox;
import tg.ecom.local.demo.Demo;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.lambda.FunctionEnvironment;
import tg.ecom.local.lambda.LambdaService;
import tg.ecom.local.operators.OperatorTools;
import tg.ecom.local.operators.Operators;
import tg.ecom.local.tools.Administrators;
import tg.ecom.local.tools.Books;
import tg.ecom.local.tools.DomainView;
import tg.ecom.local.tools.FaultTool;
import tg.ecom.local.tools.LedgerReader;
import tg.ecom.local.tools.LocalTools;
import tg.ecom.local.tools.MovableTime;
import tg.ecom.local.tools.StoreOpening;
import tg.ecom.local.tools.UsageTool;
import tg.ecom.local.usage.Meter;
import tg.ecom.states.StepFunctions;

/** The tools below {@code /_local}, over the functions and what is around them. */
final class Toolbox {
    /** A function whose settings let local's own tools reach the ledger. */
    private static final String LEDGER_FUNCTION = "ecom-local-wallet-transfer";

    private static final String MARKETPLACE_FUNCTION = "ecom-local-marketplace-list-stores";

    private final LambdaService lambda;
    private final FunctionEnvironment environment;
    private final Meter meter;
    private final CloudClock clock;
    private final Parts parts;
    private final Books books;
    private final StoreOpening stores;
    private final Administrators administrators;
    private final Demo demo;

    Toolbox(
            LambdaService lambda,
            FunctionEnvironment environment,
            Meter meter,
            CloudClock clock,
            String address,
            Parts parts) {
        this.lambda = lambda;
        this.environment = environment;
        this.meter = meter;
        this.clock = clock;
        this.parts = parts;
        this.books = new Books(viewOf(LEDGER_FUNCTION), clock);
        this.stores = new StoreOpening(books, viewOf(MARKETPLACE_FUNCTION), clock);
        Ecom ecom = new Ecom(address);
        this.administrators = new Administrators(books, lambda, ecom);
        this.demo = new Demo(ecom, books, stores, administrators);
    }

    /** The parts that start late, each asked when a tool is used. */
    record Parts(Supplier<SmsOutbox> sms, Supplier<StepFunctions> interpreter, Supplier<Operators> operators) {}

    /** Every tool by its name. */
    Map<String, ToolEndpoint> tools(MovableTime time, BooleanSupplier ready) {
        LedgerReader reader = new LedgerReader(environmentOf(LEDGER_FUNCTION));
        Map<String, ToolEndpoint> tools = new HashMap<>(
                new LocalTools(books, reader, clock, time, parts.sms(), parts.interpreter(), ready).byName());
        tools.put(StoreOpening.TOOL, stores.endpoint());
        tools.put(Administrators.TOOL, administrators.endpoint());
        tools.put(Demo.TOOL, demo.endpoint());
        tools.put(FaultTool.TOOL, new FaultTool(lambda));
        tools.put(UsageTool.TOOL, new UsageTool(meter, lambda.functions()).endpoint());
        tools.put(OperatorTools.TOOL, new OperatorTools(parts.operators()));
        return tools;
    }

    /** What loads a town to try things in. */
    Demo demo() {
        return demo;
    }

    private DomainView viewOf(String function) {
        return new DomainView(environmentOf(function), clock);
    }

    private Supplier<Map<String, String>> environmentOf(String function) {
        return () -> environment.of(lambda.function(function));
    }
}
