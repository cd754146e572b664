package tg.ecom.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.local.tools.JsonAnswers;
import tg.ecom.platform.Json;

/**
 * Who lives in the demo's town and what is sold there, as {@code lome.json} says.
 *
 * @param password of everybody
 */
record Town(String password, Person administrator, List<Customer> customers, List<Store> stores) {
    private static final String FILE = "lome.json";

    /** Somebody with an account. */
    record Person(Phone phone, String firstName, String lastName) {
        String name() {
            return firstName + " " + lastName;
        }
    }

    /**
     * Somebody who buys.
     *
     * @param money what they are given once
     */
    record Customer(Phone phone, String firstName, String lastName, Money money) {
        Person person() {
            return new Person(phone, firstName, lastName);
        }
    }

    /** A store and what it sells. */
    record Store(
            String name,
            String description,
            String category,
            String address,
            Location location,
            Money deliveryFee,
            Money minOrderAmount,
            OpeningHours hours,
            Person owner,
            List<Product> products) {
        Store {
            products = List.copyOf(products);
        }
    }

    /** As the API takes it. */
    record Product(
            String name, String category, Money price, int stockQuantity, int minStockAlert, String description) {}

    Town {
        customers = List.copyOf(customers);
        stores = List.copyOf(stores);
    }

    /** Reads the file. @throws JsonAnswers.Refusal when it is malformed, saying where */
    static Town read() {
        try (InputStream file = Town.class.getResourceAsStream(FILE)) {
            return Json.mapper()
                    .readerFor(Town.class)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(file);
        } catch (JsonProcessingException malformed) {
            throw new JsonAnswers.Refusal(FILE + " is malformed: " + malformed.getMessage());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The store that orders can come to at any hour. @throws NoSuchElementException when all of them close */
    Store alwaysOpen() {
        return stores.stream()
                .filter(store -> store.hours().isAlwaysOpen())
                .findFirst()
                .orElseThrow();
    }

    int productCount() {
        return stores.stream().mapToInt(store -> store.products().size()).sum();
    }

    /** Customers, owners and the administrator. */
    int personCount() {
        return customers.size() + stores.size() + 1;
    }
}
