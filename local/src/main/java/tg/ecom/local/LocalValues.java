package tg.ecom.local;

import java.util.Optional;
import tg.ecom.local.aws.Account;
import tg.ecom.local.template.ResourceReference;
import tg.ecom.local.template.ResourceValues;

/** What the templates ask of resources that run here: where they listen. */
final class LocalValues implements ResourceValues {
    private final Addresses addresses;

    LocalValues(Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public Optional<String> value(ResourceReference reference) {
        return Optional.ofNullable(
                switch (reference.type() + "." + reference.attribute()) {
                    case "AWS::RDS::DBCluster.Endpoint.Address",
                            "AWS::RDS::DBCluster.ReadEndpoint.Address",
                            "AWS::RDS::DBProxy.Endpoint" -> Addresses.HOST;
                    case "AWS::RDS::DBCluster.Endpoint.Port" -> Integer.toString(addresses.postgres());
                    case "AWS::SQS::Queue.Ref", "AWS::SQS::Queue.QueueUrl" ->
                        addresses.aws() + "/" + Account.ID + "/" + reference.name();
                    default -> null;
                });
    }
}
