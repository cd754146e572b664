package tg.ecom.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * Somebody with an account, signed in on one device.
 *
 * @param phone in E.164
 * @param account what register answered
 * @param anonymous the API without a token
 */
record Person(String phone, String password, JsonNode account, Api anonymous) {
    String id() {
        return account.path("user").path("id").textValue();
    }

    String accessToken() {
        return account.path("tokens").path("access_token").textValue();
    }

    String refreshToken() {
        return account.path("tokens").path("refresh_token").textValue();
    }

    /** The API as this person on this device sees it. */
    Api api() {
        return anonymous.signedIn(accessToken());
    }

    /** The API with tokens that are new, for when the clock has moved. */
    Api signIn() {
        return anonymous.signedIn(login().text("access_token"));
    }

    /** Signs in by password. */
    Answer login() {
        return anonymous
                .post("/api/auth/login", "phone", phone, "password", password)
                .expect(200);
    }

    /** Sends money, under a new key, with a token of its own or the first. */
    Answer send(long amount, Person to) {
        return send(api(), amount, to);
    }

    /** Sends money by tokens of another session of theirs. */
    Answer send(Api signedIn, long amount, Person to) {
        return signedIn.withKey(UUID.randomUUID().toString())
                .post("/api/wallet/transfer", "to_phone", to.phone, "amount", amount);
    }

    /** What is in the wallet. */
    long balance() {
        return api().get("/api/wallet/balance").expect(200).number("balance");
    }
}
