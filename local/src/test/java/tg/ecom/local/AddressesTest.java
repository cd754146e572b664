package tg.ecom.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tg.ecom.client.FreePorts;

class AddressesTest {
    /** So many that a part would almost surely be given the gateway's port, if it could. */
    private static final int TIMES = 20_000;

    @Test
    void parts_areNeverGivenThePortThatTheGatewayIsToListenAt() {
        int gateway = FreePorts.one();
        for (int i = 0; i < TIMES; i++) {
            Addresses chosen = Addresses.choose(gateway);
            assertEquals(
                    5,
                    Set.of(gateway, chosen.postgres(), chosen.dynamoDb(), chosen.queues(), chosen.objects())
                            .size());
        }
    }
}
