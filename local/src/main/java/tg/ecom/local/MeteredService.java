package tg.ecom.local;

import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.aws.AwsService;
import tg.ecom.local.usage.Meter;

/** A service whose calls a meter is told of. */
record MeteredService(AwsService service, Meter meter) implements AwsService {
    @Override
    public String signingName() {
        return service.signingName();
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
        AwsResponse response = service.handle(request);
        meter.called(service.signingName(), request, response);
        return response;
    }
}
