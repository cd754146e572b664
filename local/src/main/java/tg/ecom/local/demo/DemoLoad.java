package tg.ecom.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import tg.ecom.client.Answer;
import tg.ecom.client.ClientException;
import tg.ecom.client.Ecom;
import tg.ecom.client.Person;
import tg.ecom.client.Person.Newcomer;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;
import tg.ecom.local.tools.Administrators;
import tg.ecom.local.tools.Books;
import tg.ecom.local.tools.JsonAnswers;
import tg.ecom.local.tools.StoreOpening;
import tg.ecom.platform.Json;

/**
 * Loads a town as apps, operators and administrators would have made it. What is there already stays as it is: nobody
 * signs up twice, an owner keeps the store that they have, a product is known by its name, and money is given to who
 * never got any. Owners log in only where something is missing, since each log-in costs a third of a second of a
 * processor, and is one more session.
 */
final class DemoLoad {
    /** More at once only take turns on a developer's few processors, where passwords are hashed. */
    private static final int AT_ONCE_MAX = 4;

    private static final int PAGES_MAX = 100;

    private static final int OK = 200;
    private static final int CREATED = 201;

    private final Town town;
    private final Parts parts;

    DemoLoad(Town town, Parts parts) {
        this.town = town;
        this.parts = parts;
    }

    /** What it loads by. */
    record Parts(Ecom ecom, Books books, StoreOpening stores, Administrators administrators) {}

    private record OpenedStore(StoreId id, boolean isNew, boolean ownerIsNew, int productsAdded) {}

    /**
     * Loads what is missing.
     *
     * @param told once a person, with all that is theirs
     */
    Loaded run(Runnable told) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE_MAX, Thread.ofVirtual().name("demo-", 0).factory())) {
            List<Future<OpenedStore>> stores = town.stores().stream()
                    .map(store -> threads.submit(told(told, store.owner(), () -> open(store))))
                    .toList();
            List<Future<Boolean>> others = new ArrayList<>();
            town.customers()
                    .forEach(customer ->
                            others.add(threads.submit(told(told, customer.person(), () -> provide(customer)))));
            others.add(threads.submit(told(told, town.administrator(), this::appoint)));
            int othersAdded = (int) others.stream().filter(DemoLoad::await).count();
            return loaded(stores.stream().map(DemoLoad::await).toList(), othersAdded);
        }
    }

    private Loaded loaded(List<OpenedStore> opened, int othersAdded) {
        int owners = (int) opened.stream().filter(OpenedStore::ownerIsNew).count();
        Loaded.Added added = new Loaded.Added(
                (int) opened.stream().filter(OpenedStore::isNew).count(),
                opened.stream().mapToInt(OpenedStore::productsAdded).sum(),
                owners + othersAdded);
        Town.Store first = town.stores().getFirst();
        Town.Store always = town.alwaysOpen();
        return new Loaded(
                town.stores().size(),
                town.productCount(),
                town.personCount(),
                added,
                town.password(),
                login(town.customers().getFirst().person()),
                new Loaded.Owner(
                        first.owner().phone(),
                        first.owner().name(),
                        opened.getFirst().id(),
                        first.name()),
                login(town.administrator()),
                new Loaded.RoundTheClockStore(
                        opened.get(town.stores().indexOf(always)).id(),
                        always.name(),
                        always.owner().phone()));
    }

    private static Loaded.Login login(Town.Person person) {
        return new Loaded.Login(person.phone(), person.name());
    }

    private OpenedStore open(Town.Store store) {
        Optional<Person> newcomer = signUp(store.owner(), "store_owner");
        UserId user = parts.books().holder(store.owner().phone()).orElseThrow().user();
        Optional<StoreId> kept = parts.stores().storeOf(user);
        StoreId id = kept.orElseGet(() -> parts.stores().open(user, newStore(store)));
        boolean complete = missing(store, path -> parts.ecom().get(path, Map.of()), "/api/stores/" + id + "/products")
                .isEmpty();
        int added = complete ? 0 : addProducts(newcomer.orElseGet(() -> logIn(store.owner())), store);
        return new OpenedStore(id, kept.isEmpty(), newcomer.isPresent(), added);
    }

    private static StoreOpening.NewStore newStore(Town.Store store) {
        return new StoreOpening.NewStore(
                store.name(),
                Optional.of(store.description()),
                store.category(),
                store.address(),
                store.location(),
                store.owner().phone(),
                store.deliveryFee().amount(),
                store.minOrderAmount().amount(),
                store.hours().json());
    }

    /** Among what the owner has there is also what they do not sell now. */
    private static int addProducts(Person owner, Town.Store store) {
        List<Town.Product> missing = missing(store, owner::get, "/api/store/products");
        for (Town.Product product : missing) {
            try {
                owner.post("/api/store/products", Json.mapper().valueToTree(product))
                        .expect(CREATED);
            } catch (ClientException refused) {
                throw about(product.name(), refused);
            }
        }
        return missing.size();
    }

    private static List<Town.Product> missing(Town.Store store, Function<String, Answer> reader, String path) {
        Set<String> known = new HashSet<>();
        JsonNode page = reader.apply(path + "?limit=100").expect(OK);
        for (int count = 0; count < PAGES_MAX && page.has("next_cursor"); count++) {
            known.addAll(page.path("items").findValuesAsText("name"));
            page = reader.apply(path + "?limit=100&cursor="
                            + page.path("next_cursor").asText())
                    .expect(OK);
        }
        known.addAll(page.path("items").findValuesAsText("name"));
        return store.products().stream()
                .filter(product -> !known.contains(product.name()))
                .toList();
    }

    private boolean provide(Town.Customer customer) {
        Optional<Person> newcomer = signUp(customer.person(), "client");
        if (!parts.books().wasFunded(customer.phone())) {
            parts.books().fund(customer.phone(), customer.money());
        }
        return newcomer.isPresent();
    }

    private boolean appoint() {
        Optional<Person> newcomer = signUp(town.administrator(), "client");
        Person account = newcomer.orElseGet(() -> logIn(town.administrator()));
        if (!account.get("/api/me").expect(OK).path("user_type").asText().equals("admin")) {
            parts.administrators().appoint(town.administrator().phone());
        }
        return newcomer.isPresent();
    }

    /** The API as somebody sees it who had no account; empty for who has one. */
    private Optional<Person> signUp(Town.Person person, String userType) {
        if (parts.books().holder(person.phone()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Person.signUp(
                parts.ecom(),
                new Newcomer(person.phone().e164(), person.firstName(), person.lastName(), town.password(), userType)));
    }

    private Person logIn(Town.Person person) {
        return Person.logIn(parts.ecom(), person.phone().e164(), town.password());
    }

    private static <T> Callable<T> told(Runnable told, Town.Person person, Callable<T> work) {
        return () -> {
            try {
                T done = work.call();
                told.run();
                return done;
            } catch (JsonAnswers.Refusal | ClientException refused) {
                throw about(person.name() + ", " + person.phone().e164(), refused);
            }
        };
    }

    private static JsonAnswers.Refusal about(String what, RuntimeException refused) {
        return new JsonAnswers.Refusal(what + ": " + refused.getMessage());
    }

    private static <T> T await(Future<T> work) {
        try {
            return work.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new JsonAnswers.Refusal("The end came before everything was loaded.");
        }
    }
}
