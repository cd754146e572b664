package tg.ecom.auth;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Problem;

/** What auth refuses. */
sealed interface AuthProblem extends Problem {
    /** Phones of that country are not served, only those with these codes. */
    record PhoneNotServed(String served) implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "phone_not_served",
                    "Ecom ne sert que les numéros en " + served + ".",
                    "Ecom serves numbers in " + served + " only.");
        }
    }

    /** The phone takes no messages of ours: its holder stopped them, or it is none that can. */
    record PhoneUnreachable() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "phone_unreachable",
                    "Ce numéro ne reçoit pas nos SMS.",
                    "This number does not take our text messages.");
        }
    }

    /** The code is not the one that was sent. */
    record CodeWrong(int triesLeft) implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(422, "code_wrong", "Ce n'est pas le bon code.", "That is not the code.");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("tries_left", triesLeft);
        }
    }

    /** The code is too old, used, tried too often or replaced by a newer one. */
    record CodeExpired() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "code_expired",
                    "Ce code n'est plus valable : demandez-en un autre.",
                    "This code is dead: ask for another.");
        }
    }

    /** The verification token is altered, too old, for something else or used before. */
    record VerificationTokenInvalid() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "verification_token_invalid",
                    "La vérification du numéro n'est plus valable : recommencez-la.",
                    "The verification of the phone is not valid any more: begin it again.");
        }
    }

    /** The phone, whose holder is asking, has an account already. */
    record PhoneTaken() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    409,
                    "phone_taken",
                    "Ce numéro a déjà un compte : connectez-vous.",
                    "This number has an account: sign in.");
        }
    }

    /** Somebody has that e-mail address already. */
    record EmailTaken() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(409, "email_taken", "Cette adresse est déjà utilisée.", "This address is in use already.");
        }
    }

    /** The phone, whose holder is asking, has no account. */
    record AccountUnknown() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "account_unknown",
                    "Ce numéro n'a pas de compte : inscrivez-vous.",
                    "This number has no account: sign up.");
        }
    }

    /** The account may not be used for now. */
    record AccountSuspended() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    403,
                    "account_suspended",
                    "Ce compte est suspendu. Contactez-nous.",
                    "This account is suspended. Contact us.");
        }
    }

    /** The password is wrong, or nobody has that phone: which of them is not said. */
    record WrongCredentials() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(401, "wrong_credentials", "Numéro ou mot de passe incorrect.", "Wrong number or password.");
        }
    }

    /** Too many wrong passwords for that phone, whoever has it. */
    record Locked(Duration delay) implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    429,
                    "login_locked",
                    "Trop d'essais : patientez, ou réinitialisez le mot de passe.",
                    "Too many tries: wait, or reset the password.");
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(delay);
        }
    }

    /** The refresh token is none of ours, spent, or of an ended session. */
    record RefreshTokenInvalid() implements AuthProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    401,
                    "refresh_token_invalid",
                    "La session est terminée : connectez-vous.",
                    "The session has ended: sign in.");
        }
    }
}
