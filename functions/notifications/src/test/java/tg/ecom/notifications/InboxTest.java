package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tg.ecom.notifications.Scene.consumed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.NotificationId;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;

/** What a person was told, as they read it. */
class InboxTest {
    private final Scene scene = new Scene();
    private final UUID afi = Uuid7.next(scene.clock());
    private final Caller caller = scene.caller(afi, Language.FRENCH);
    private final ListNotifications list = scene.api(ListNotifications::new);
    private final MarkNotificationRead mark = scene.api(MarkNotificationRead::new);

    @BeforeEach
    void afiCanBeReached() {
        try (KeepContacts contacts = scene.keepContacts()) {
            assertEquals(0, consumed(contacts, scene.contact(afi, 1, "+22890000001", "fr")));
        }
    }

    @AfterEach
    void close() {
        list.close();
        mark.close();
        scene.close();
    }

    @Test
    void pages_goFromTheNewestToTheOldest_andHoldNothingOfOthers() {
        List<UUID> recharges = told(7);
        List<UUID> read = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        int pages = 0;
        do {
            ListNotifications.Page page = list.handle(caller, new ListNotifications.Request(cursor, 3));
            page.items()
                    .forEach(item -> read.add(item.rechargeId().orElseThrow().value()));
            cursor = page.nextCursor();
            pages++;
        } while (cursor.isPresent());
        assertEquals(recharges.reversed(), read);
        assertEquals(3, pages);
        Caller other = scene.caller(Uuid7.next(scene.clock()), Language.FRENCH);
        assertEquals(
                List.of(),
                list.handle(other, new ListNotifications.Request(Optional.empty(), 20))
                        .items());
        Optional<Cursor> foreign = Optional.of(new Cursor("17"));
        assertEquals(
                List.of(),
                list.handle(caller, new ListNotifications.Request(foreign, 20)).items());
    }

    @Test
    void words_areInTheReadersLanguage() {
        told(1);
        Caller english = scene.caller(afi, Language.ENGLISH);
        assertEquals("Recharge confirmée en retard", first(caller).title());
        assertEquals(
                "Your operator confirmed your top-up of 20,000 F CFA late. It is in your wallet.",
                first(english).text());
        assertEquals(Kind.RECHARGE_LATE, first(caller).kind());
    }

    @Test
    void read_itStaysReadSinceThen() {
        told(1);
        Notification unread = first(caller);
        assertEquals(Optional.empty(), unread.readAt());
        Instant then = scene.clock().instant();
        Notification read = mark.handle(caller, new MarkNotificationRead.Request(unread.id()));
        assertEquals(Optional.of(then), read.readAt());
        scene.clock().advance(Duration.ofMinutes(5));
        assertEquals(read, mark.handle(caller, new MarkNotificationRead.Request(unread.id())));
        assertEquals(read, first(caller));
    }

    @Test
    void anothersOrNone_isNotFound_andStaysUnread() {
        told(1);
        NotificationId id = first(caller).id();
        Caller other = scene.caller(Uuid7.next(scene.clock()), Language.FRENCH);
        assertNotFound(() -> mark.handle(other, new MarkNotificationRead.Request(id)));
        NotificationId none = new NotificationId(Uuid7.next(scene.clock()));
        assertNotFound(() -> mark.handle(caller, new MarkNotificationRead.Request(none)));
        assertEquals(Optional.empty(), first(caller).readAt());
    }

    private static void assertNotFound(Runnable work) {
        assertEquals(
                404, assertThrows(ProblemException.class, work::run).problem().status());
    }

    private Notification first(Caller reader) {
        return list.handle(reader, new ListNotifications.Request(Optional.empty(), 1))
                .items()
                .getFirst();
    }

    private List<UUID> told(int count) {
        List<UUID> recharges = new ArrayList<>();
        try (NotifyPayer consumer = scene.notifyPayer()) {
            for (int i = 0; i < count; i++) {
                scene.clock().advance(Duration.ofSeconds(1));
                UUID recharge = Uuid7.next(scene.clock());
                assertEquals(0, consumed(consumer, scene.payment("payment.completed_late", recharge, 3, afi)));
                recharges.add(recharge);
            }
        }
        return recharges;
    }
}
