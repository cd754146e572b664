package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "90123456",
                "90 12 34 56",
                "90-12-34-56",
                "+22890123456",
                "+228 90 12 34 56",
                "+228 (90) 12.34.56",
                "0022890123456",
                "00228 90 12 34 56"
            })
    void everyWayToWriteOneNumber_isTheSamePhone(String text) {
        Phone phone = Phone.of(text);
        assertEquals("+22890123456", phone.e164());
        assertEquals(Phone.of("90123456"), phone);
        assertEquals(Phone.of("90123456").hashCode(), phone.hashCode());
        assertEquals(228, phone.countryCode());
    }

    @Property
    void everyBareMobileOfTogo_isReadAsOne(@ForAll @IntRange(min = 90_000_000, max = 93_999_999) int number) {
        Phone phone = Phone.of(Integer.toString(number));
        assertEquals("+228" + number, phone.e164());
        assertEquals(228, phone.countryCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+33612345678", "0033612345678", "+2290197123456", "+233241234567"})
    void numbersOfOtherCountries_areReadAsTheirs(String text) {
        assertNotEquals(228, Phone.of(text).countryCode());
        assertNotEquals(Phone.of("90123456"), Phone.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "123456",
                "+",
                "++22890123456",
                "((((((((",
                "--------",
                "+228901234567",
                "+2289012345",
                "+99912345678",
                "00000000",
                "90123456x",
                "tel:+22890123456",
                "+228901234567890123456789",
                "90123456;ext=1",
                "90123456\n",
                "٩٠١٢٣٤٥٦"
            })
    void whatIsNoNumber_isNoPhone(String text) {
        assertEquals(Optional.empty(), Phone.parse(text));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Phone.of(text));
        assertEquals("not a phone number", refused.getMessage());
    }

    @Property
    void anyTextAtAll_isAPhoneOrNone_andWhatIsOneReadsBackTheSame(@ForAll String text) {
        Phone.parse(text).ifPresent(phone -> assertEquals(phone, Phone.of(phone.e164())));
    }

    @Test
    void maskedNumber_showsOperatorAndEndOnly() {
        assertEquals("+22890****56", Phone.of("90123456").masked());
        assertEquals("+22890****56", Phone.of("90123456").toString());
        assertEquals(
                "+22890****56", "%s".formatted(Optional.of(Phone.of("90123456")).get()));
    }

    @ParameterizedTest
    @MethodSource("anExampleOfEachRegion")
    void everyRegionsNumber_isNeverShownWhole(String e164) {
        Phone.parse(e164).ifPresent(phone -> {
            long hidden = phone.toString()
                    .chars()
                    .filter(character -> character == '*')
                    .count();
            assertTrue(hidden >= 4, () -> phone.masked() + " hides " + hidden);
            assertEquals(phone.e164().length(), phone.masked().length());
            assertFalse(phone.toString().contains(phone.e164().substring(1)));
        });
    }

    static Stream<String> anExampleOfEachRegion() {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        return numbers.getSupportedRegions().stream()
                .map(numbers::getExampleNumber)
                .map(number -> numbers.format(number, PhoneNumberFormat.E164));
    }
}
