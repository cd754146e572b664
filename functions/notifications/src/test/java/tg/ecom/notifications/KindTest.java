package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;

class KindTest {
    private static final int SMS_LETTERS_MAX = 160;

    /** The basic character set of 3GPP TS 23.038 §6.2.1: each of these is one letter of an SMS. */
    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final Subject RECHARGE = new Subject.Recharge(new PaymentId(new UUID(0, 1)));

    @ParameterizedTest
    @EnumSource
    void sms_isOneAndNoMore_inEitherLanguage_whateverTheStoreIsCalled(Kind kind) {
        for (Language language : Language.values()) {
            String sms = kind.sms(subject(kind, "W".repeat(255)), new Money(1_000_000_000))
                    .in(language);
            assertTrue(sms.length() <= SMS_LETTERS_MAX, sms.length() + ": " + sms);
            assertGsm(sms);
            assertGsm(kind.sms(subject(kind, "L’épicerie d'Ọla 🍅 — « Bê »"), new Money(1))
                    .in(language));
        }
    }

    @ParameterizedTest
    @EnumSource
    void words_areComplete_andNameTheStoreAndNumberOfAnOrder(Kind kind) {
        for (Language language : Language.values()) {
            String text =
                    kind.text(subject(kind, "Chez Afi 100 %"), new Money(5_500)).in(language);
            assertFalse(text.contains("$s") || text.contains("null"), text);
            if (kind.audience() != Audience.PAYER) {
                assertTrue(text.contains("Chez Afi 100 %") && text.contains("7K3F9-2QXAB"), text);
            }
        }
    }

    @Test
    void amounts_areWrittenAsTheCustomerDoes() {
        assertEquals(
                "Votre recharge de 20 000 F CFA a été refusée par l'opérateur. Votre solde n'a pas changé.",
                Kind.RECHARGE_FAILED.text(RECHARGE, new Money(20_000)).in(Language.FRENCH));
        assertEquals(
                "Your operator refused your top-up of 500 F CFA. Your balance has not changed.",
                Kind.RECHARGE_FAILED.text(RECHARGE, new Money(500)).in(Language.ENGLISH));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "Chez Afi, Chez Afi",
                "L’Étoile œuvrée, L'Étoile oeuvrée",
                "“Bê” — prêt…, \"Be\" - pret...",
                "Garçon Ọlá 🍅!, Garcon Ola !"
            })
    void lettersThatAnSmsHasNot_loseTheirAccents(String written, String sent) {
        assertEquals(sent, GsmLetters.of(written));
    }

    @Test
    void events_haveTheirKind() {
        assertEquals(Kind.RECHARGE_LATE, Kind.fromEvent("payment.completed_late"));
        assertThrows(IllegalArgumentException.class, () -> Kind.fromEvent("payment.completed"));
    }

    private static Subject subject(Kind kind, String storeName) {
        return kind.audience() == Audience.PAYER
                ? RECHARGE
                : new Subject.Order(new OrderId(new UUID(0, 2)), "7K3F9-2QXAB", storeName);
    }

    private static void assertGsm(String sms) {
        assertTrue(sms.chars().allMatch(letter -> GSM.indexOf(letter) >= 0), sms);
    }
}
