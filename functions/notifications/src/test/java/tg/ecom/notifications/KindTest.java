package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;

class KindTest {
    private static final int SMS_LETTERS_MAX = 160;

    /** The basic character set of 3GPP TS 23.038 §6.2.1: each of these is one letter of an SMS. */
    private static final String GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    @ParameterizedTest
    @EnumSource
    void sms_isOneAndNoMore_inEitherLanguage(Kind kind) {
        for (Language language : Language.values()) {
            String sms = kind.sms(new Money(Money.AMOUNT_MAX)).in(language);
            assertTrue(sms.length() <= SMS_LETTERS_MAX, sms.length() + ": " + sms);
            assertTrue(sms.chars().allMatch(letter -> GSM.indexOf(letter) >= 0), sms);
        }
    }

    @Test
    void amounts_areWrittenAsTheCustomerDoes() {
        assertEquals(
                "Votre recharge de 20,000 F CFA a été refusée par l'opérateur. Votre solde n'a pas changé.",
                Kind.RECHARGE_FAILED.text(new Money(20_000)).in(Language.FRENCH));
        assertEquals(
                "Your operator refused your top-up of 500 F CFA. Your balance has not changed.",
                Kind.RECHARGE_FAILED.text(new Money(500)).in(Language.ENGLISH));
    }

    @Test
    void events_haveTheirKind() {
        assertEquals(Kind.RECHARGE_LATE, Kind.fromEvent("payment.completed_late"));
        assertThrows(IllegalArgumentException.class, () -> Kind.fromEvent("payment.completed"));
    }
}
