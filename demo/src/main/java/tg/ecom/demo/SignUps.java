package tg.ecom.demo;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import tg.ecom.client.Answer;
import tg.ecom.client.Ecom;
import tg.ecom.client.Person;
import tg.ecom.client.Person.Newcomer;

/** Afi and Kossi get an account and a wallet. */
final class SignUps {
    private static final int NUMBERS = 4_000_000;

    private final Stage stage;

    SignUps(Stage stage) {
        this.stage = stage;
    }

    /** Those whom the story is about. */
    record People(Person afi, Person kossi) {}

    People play() {
        stage.narrator().chapter(2, "Afi and Kossi sign up by a code");
        Ecom told = stage.ecom().telling(this::tell);
        Person afi = Person.signUp(told, Newcomer.client(newPhone(), "Afi", "Mensah"));
        stage.narrator().sms("Afi", firstText(afi));
        Person kossi = Person.signUp(stage.ecom(), Newcomer.client(newPhone(), "Kossi", "Adjovi"));
        Stage.same(0L, Stage.wallet(afi).balance(), "Afi's balance");
        Stage.same(0L, Stage.wallet(kossi).balance(), "Kossi's balance");
        stage.holds(true, "each has a wallet, with 0 F in it; Kossi did the same");
        return new People(afi.in(stage.ecom()), kossi);
    }

    private String firstText(Person person) {
        return stage.tools().texts(person.phone()).getLast();
    }

    private void tell(Answer answer) {
        if (answer.call().contains("/api/auth/send-otp")) {
            stage.narrator().call(answer, "the same answer whether or not the phone has an account");
        } else if (answer.call().contains("/api/auth/verify-otp")) {
            stage.narrator().call(answer, "a token for one registration");
        } else if (answer.call().contains("/api/auth/register")) {
            stage.narrator().call(answer, "account and wallet, in one transaction");
        }
    }

    /** From 90 000000 to 93 999999. */
    private static String newPhone() {
        return String.format(Locale.ROOT, "9%07d", ThreadLocalRandom.current().nextInt(NUMBERS));
    }
}
