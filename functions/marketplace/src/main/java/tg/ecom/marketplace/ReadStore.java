package tg.ecom.marketplace;

import tg.ecom.kernel.StoreId;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/** GET /api/stores/{id}: a store that sells. */
public final class ReadStore extends PublicFunction<ReadStore.Request, StoreView.Store> {
    /** Which one. */
    public record Request(StoreId id) {}

    @Override
    protected StoreView.Store handle(Visitor visitor, Request request) {
        return database()
                .call(handle -> StoreView.read(handle, request.id(), clock().instant()))
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
