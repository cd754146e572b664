package tg.ecom.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Problem;

/** What can go wrong at any operation. */
public sealed interface CommonProblem extends Problem {

    /** The request does not fit the contract. */
    record Invalid(List<FieldError> errors) implements CommonProblem {
        public Invalid {
            errors = List.copyOf(errors);
        }

        @Override
        public Rule rule() {
            return new Rule(
                    400,
                    "invalid_request",
                    "La requête ne respecte pas le contrat de l'API : voir « errors ».",
                    "The request does not fit the API's contract: see \"errors\".");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("errors", errors);
        }
    }

    /** The request fits the contract, and still a value is none: a number that is no phone, a cursor of another API. */
    record Unacceptable(List<FieldError> errors) implements CommonProblem {
        public Unacceptable {
            errors = List.copyOf(errors);
        }

        /** One field whose value is refused. */
        public static Unacceptable field(String field, String message) {
            return new Unacceptable(List.of(new FieldError(field, "invalid_value", message)));
        }

        @Override
        public Rule rule() {
            return new Rule(
                    422,
                    "invalid_value",
                    "Une valeur n'en est pas une : voir « errors ».",
                    "A value is not valid: see \"errors\".");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("errors", errors);
        }
    }

    /** The body is no JSON object. */
    record Malformed(String reason) implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    400,
                    "malformed_json",
                    "Le corps n'est pas un objet JSON valide.",
                    "The body is not a valid JSON object.");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("errors", List.of(new FieldError("body", "malformed_json", reason)));
        }
    }

    /** No access token, or a dead one. The code tells which, the rest does not. */
    record Unauthorized(Reason reason) implements CommonProblem {
        /** Why a token was not accepted. */
        public enum Reason {
            TOKEN_MISSING("token_missing"),
            TOKEN_INVALID("token_invalid"),
            TOKEN_EXPIRED("token_expired");

            private final String code;

            Reason(String code) {
                this.code = code;
            }
        }

        @Override
        public Rule rule() {
            return new Rule(401, reason.code, "Connectez-vous, puis réessayez.", "Sign in, then try again.");
        }
    }

    /** The caller's role may not do this. */
    record Forbidden() implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    403, "forbidden", "Votre compte n'a pas accès à cette opération.", "Your account may not do this.");
        }
    }

    /** There is no such thing, or it is not the caller's. */
    record NotFound() implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(404, "not_found", "Introuvable.", "There is no such thing.");
        }
    }

    /** The body is larger than any operation needs. */
    record TooLarge(int bytesMax) implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    413,
                    "body_too_large",
                    "Le corps dépasse " + bytesMax + " octets.",
                    "The body is larger than " + bytesMax + " bytes.");
        }
    }

    /** The body's content type is not JSON. */
    record UnsupportedMediaType() implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    415,
                    "unsupported_media_type",
                    "Envoyez du JSON (application/json).",
                    "Send JSON (application/json).");
        }
    }

    /** Too often. */
    record TooMany(Duration delay) implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    429,
                    "too_many_requests",
                    "Trop de demandes : patientez un peu.",
                    "Too many requests: wait a little.");
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(delay);
        }
    }

    /** A part behind the function is down; nothing is known to have been done. */
    record Unavailable() implements CommonProblem {
        private static final Duration DELAY = Duration.ofSeconds(2);

        @Override
        public Rule rule() {
            return new Rule(
                    503,
                    "unavailable",
                    "Le service est momentanément indisponible. Réessayez avec la même clé.",
                    "The service is unavailable for a moment. Try again with the same key.");
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(DELAY);
        }
    }

    /** A fault of ours. */
    record Fault() implements CommonProblem {
        @Override
        public Rule rule() {
            return new Rule(
                    500,
                    "internal_error",
                    "Une erreur de notre côté. Donnez-nous « request_id » si elle se répète.",
                    "An error on our side. Give us \"request_id\" if it happens again.");
        }
    }
}
