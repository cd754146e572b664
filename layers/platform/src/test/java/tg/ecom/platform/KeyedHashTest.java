package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedHashTest {
    private AwsServer aws;
    private KeyedHash hash;

    @BeforeEach
    void start() throws IOException {
        aws = new AwsServer((action, request) -> AwsServer.object().put("SecretString", "a secret of the test"));
        hash = new KeyedHash(new Secrets(new Aws(aws.environment()), new SettableClock()), "hashing");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    /** Computed by another implementation of RFC 5869 (no salt, info "ecom " and the purpose, 32 bytes). */
    @ParameterizedTest
    @CsvSource({
        "phone, +22890123456, a571f65d9444711e5a7f7e00c7c20b1ff0ee682b65a38c9f9bd0f7018a3a4990",
        "otp, +22890123456, 0a6f6a6fe1a5ea7a8582439273affe19b12412fa4eacaeb48d69a428dcf27693",
        "phone, é, e7fa0ef6ec0ffb92aa59d8b3adc40ecc42835e801b2dfec8ad4d8a592d5a2705"
    })
    void hash_isWhatAnotherImplementationMakesOfIt(String purpose, String value, String expected) {
        assertEquals(expected, hex(purpose, value));
    }

    @Test
    void valuesAndPurposes_haveHashesOfTheirOwn() {
        assertNotEquals(hex("phone", "1"), hex("phone", "2"));
        assertNotEquals(hex("phone", "1"), hex("otp", "1"));
        assertNotEquals(hex("phone", "1"), hex("phone1", ""));
        assertEquals(hex("phone", "1"), hex("phone", "1"));
        assertEquals(List.of("GetSecretValue"), aws.received());
    }

    private String hex(String purpose, String value) {
        return HexFormat.of().formatHex(hash.of(purpose, value));
    }
}
