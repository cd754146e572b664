package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static tg.ecom.notifications.Scene.consumed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Uuid7;

class KeepContactsTest {
    private final Scene scene = new Scene();
    private final UUID afi = Uuid7.next(scene.clock());
    private final KeepContacts consumer = scene.keepContacts();

    @AfterEach
    void close() {
        consumer.close();
        scene.close();
    }

    @Test
    void newestContact_isKept_inWhateverOrderTheyCome() {
        String first = scene.contact(afi, 1, "+22890000001", "fr");
        String third = scene.contact(afi, 3, "+22890000001", "fr");
        String second = scene.contact(afi, 2, "+22890000001", "en");
        assertEquals(0, consumed(consumer, first));
        assertEquals(List.of("fr"), languages());
        assertEquals(0, consumed(consumer, third, second, first, third));
        assertEquals(List.of("fr"), languages());
        assertEquals(0, consumed(consumer, scene.contact(afi, 4, "+22890000001", "en")));
        assertEquals(List.of("en"), languages());
    }

    @Test
    void phone_isNowhereToBeRead() {
        assertEquals(0, consumed(consumer, scene.contact(afi, 1, "+22890000001", "fr")));
        byte[] kept = scene.superuser()
                .withHandle(handle -> handle.createQuery("select phone_encrypted from notifications.contacts")
                        .mapTo(byte[].class)
                        .one());
        assertFalse(new String(kept, StandardCharsets.ISO_8859_1).contains("90000001"));
    }

    private List<String> languages() {
        return scene.superuser()
                .withHandle(handle -> handle.createQuery("select language from notifications.contacts")
                        .mapTo(String.class)
                        .list());
    }
}
