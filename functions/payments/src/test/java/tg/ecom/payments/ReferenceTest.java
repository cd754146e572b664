package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.PaymentId;

class ReferenceTest {
    private static final long SEED = 20_261_123;

    @Test
    void everyId_hasAReferenceOfItsOwn_thatOperatorsTake() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int i = 0; i < 10_000; i++) {
            PaymentId id = new PaymentId(new UUID(random.nextLong(), random.nextLong()));
            Reference reference = Reference.of(id);
            assertTrue(reference.text().matches("[A-Za-z0-9-]{1,30}"), reference::text);
            assertEquals(Optional.of(id), Reference.parse(reference.text()));
        }
        for (UUID edge : new UUID[] {new UUID(0, 0), new UUID(-1, -1), new UUID(0, 1), new UUID(1, 0)}) {
            PaymentId id = new PaymentId(edge);
            assertEquals(Optional.of(id), Reference.parse(Reference.of(id).text()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "80000000000000000000000000",
                "0000000000000000000000000v",
                "0000000000000000000000000W",
                "+0000000000000000000000000",
                "000000000000000000000000000"
            })
    void whatIsNoReference_namesNoPayment(String text) {
        assertEquals(Optional.empty(), Reference.parse(text));
    }
}
