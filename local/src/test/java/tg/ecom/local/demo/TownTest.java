package tg.ecom.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;

/** The demo's file holds what it is said to hold, within what the API takes and what people of Lomé would believe. */
class TownTest {
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\\p{Cf}<>]+");
    private static final Pattern CATEGORY = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} '’&,.()/-]*");
    private static final Pattern PERSON_NAME = Pattern.compile("\\p{Lu}[\\p{L}\\p{M}' ’-]*");
    private static final int PRODUCTS_MIN = 8;
    private static final int PASSWORD_MIN = 8;

    private final Town town = Town.read();

    @Test
    void thereAreTwelveStoresAndAHundredAndFiftyProducts() {
        assertEquals(12, town.stores().size());
        assertEquals(150, town.productCount());
        assertEquals(21, town.personCount());
        town.stores().forEach(store -> assertTrue(store.products().size() >= PRODUCTS_MIN, store.name()));
    }

    @Test
    void oneStoreIsAlwaysOpen_andTheOthersClose() {
        List<String> always = town.stores().stream()
                .filter(store -> store.hours().isAlwaysOpen())
                .map(Town.Store::name)
                .toList();
        assertEquals(List.of(town.alwaysOpen().name()), always);
    }

    @Test
    void nobodySharesAPhoneOrAName() {
        Set<Phone> phones = new HashSet<>();
        Set<String> names = new HashSet<>();
        people().forEach(person -> {
            assertTrue(phones.add(person.phone()), person::name);
            assertTrue(names.add(person.name()), person::name);
            assertEquals(228, person.phone().countryCode());
            assertTrue(PERSON_NAME.matcher(person.firstName()).matches(), person::name);
            assertTrue(PERSON_NAME.matcher(person.lastName()).matches(), person::name);
        });
        assertTrue(town.password().length() >= PASSWORD_MIN);
    }

    @Test
    void noStoreHasTwoProductsOfOneName_andNoTwoStoresHaveOne() {
        Set<String> stores = new HashSet<>();
        town.stores().forEach(store -> {
            assertTrue(stores.add(store.name()), store.name());
            Set<String> products = new HashSet<>();
            store.products()
                    .forEach(product -> assertTrue(products.add(product.name()), store.name() + ": " + product.name()));
        });
    }

    @Test
    void pricesAreWhatCoinsAndNotesCanPay() {
        products().forEach(product -> {
            requireCoins(product.price(), product.name());
            assertTrue(
                    product.price().amount() >= 25 && product.price().amount() <= 500_000,
                    () -> product.name() + " for " + product.price());
        });
        town.stores().forEach(store -> {
            requireCoins(store.deliveryFee(), store.name());
            requireCoins(store.minOrderAmount(), store.name());
            assertTrue(store.deliveryFee().amount() <= 2_000, store.name());
            assertTrue(store.minOrderAmount().amount() <= 10_000, store.name());
        });
        town.customers().forEach(customer -> {
            requireCoins(customer.money(), customer.lastName());
            assertTrue(customer.money().amount() <= 100_000, customer.lastName());
        });
    }

    @Test
    void stockIsWhatAStoreMayHave_andSomeOfItIsLow() {
        products().forEach(product -> {
            assertTrue(product.stockQuantity() >= 0 && product.stockQuantity() <= 1_000, product.name());
            assertTrue(product.minStockAlert() >= 1 && product.minStockAlert() <= 100, product.name());
        });
        assertTrue(products()
                .anyMatch(
                        product -> product.stockQuantity() > 0 && product.stockQuantity() <= product.minStockAlert()));
        assertTrue(products().anyMatch(product -> product.stockQuantity() == 0));
    }

    @Test
    void textsAreOneShortLine() {
        town.stores().forEach(store -> {
            requireLine(store.name(), 60);
            requireLine(store.description(), 160);
            requireLine(store.address(), 100);
            requireCategory(store.category());
        });
        products().forEach(product -> {
            requireLine(product.name(), 60);
            requireLine(product.description(), 160);
            requireCategory(product.category());
        });
    }

    @Test
    void storesAreInLome() {
        for (Town.Store store : town.stores()) {
            Location place = store.location();
            assertTrue(place.latitude() > 6.10 && place.latitude() < 6.25, store.name());
            assertTrue(place.longitude() > 1.15 && place.longitude() < 1.35, store.name());
        }
    }

    private Stream<Town.Person> people() {
        return Stream.of(
                        town.stores().stream().map(Town.Store::owner),
                        town.customers().stream().map(Town.Customer::person),
                        Stream.of(town.administrator()))
                .flatMap(each -> each);
    }

    private Stream<Town.Product> products() {
        return town.stores().stream().flatMap(store -> store.products().stream());
    }

    private static void requireCoins(Money amount, String what) {
        assertEquals(0, amount.amount() % 5, what);
    }

    private static void requireCategory(String text) {
        assertTrue(CATEGORY.matcher(text).matches(), text);
        requireLine(text, 40);
    }

    private static void requireLine(String text, int lengthMax) {
        assertTrue(LINE.matcher(text).matches(), text);
        assertEquals(text.strip(), text);
        assertTrue(text.length() >= 3 && text.length() <= lengthMax, text);
    }
}
