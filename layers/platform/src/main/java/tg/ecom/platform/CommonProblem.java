package tg.ecom.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.Text;

/** What can go wrong at any operation. */
public sealed interface CommonProblem extends Problem {

    /** The request does not fit the contract. */
    record Invalid(List<FieldError> errors) implements CommonProblem {
        public Invalid {
            errors = List.copyOf(errors);
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "invalid_request";
        }

        @Override
        public Text detail() {
            return new Text(
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
        public int status() {
            return 422;
        }

        @Override
        public String code() {
            return "invalid_value";
        }

        @Override
        public Text detail() {
            return new Text("Une valeur n'en est pas une : voir « errors ».", "A value is not valid: see \"errors\".");
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("errors", errors);
        }
    }

    /** The body is no JSON object. */
    record Malformed(String reason) implements CommonProblem {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "malformed_json";
        }

        @Override
        public Text detail() {
            return new Text("Le corps n'est pas un objet JSON valide.", "The body is not a valid JSON object.");
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
        public int status() {
            return 401;
        }

        @Override
        public String code() {
            return reason.code;
        }

        @Override
        public Text detail() {
            return new Text("Connectez-vous, puis réessayez.", "Sign in, then try again.");
        }
    }

    /** The caller's role may not do this. */
    record Forbidden() implements CommonProblem {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public String code() {
            return "forbidden";
        }

        @Override
        public Text detail() {
            return new Text("Votre compte n'a pas accès à cette opération.", "Your account may not do this.");
        }
    }

    /** There is no such thing, or it is not the caller's. */
    record NotFound() implements CommonProblem {
        @Override
        public int status() {
            return 404;
        }

        @Override
        public String code() {
            return "not_found";
        }

        @Override
        public Text detail() {
            return new Text("Introuvable.", "There is no such thing.");
        }
    }

    /** The body is larger than any operation needs. */
    record TooLarge(int bytesMax) implements CommonProblem {
        @Override
        public int status() {
            return 413;
        }

        @Override
        public String code() {
            return "body_too_large";
        }

        @Override
        public Text detail() {
            return new Text(
                    "Le corps dépasse " + bytesMax + " octets.", "The body is larger than " + bytesMax + " bytes.");
        }
    }

    /** The body's content type is not JSON. */
    record UnsupportedMediaType() implements CommonProblem {
        @Override
        public int status() {
            return 415;
        }

        @Override
        public String code() {
            return "unsupported_media_type";
        }

        @Override
        public Text detail() {
            return new Text("Envoyez du JSON (application/json).", "Send JSON (application/json).");
        }
    }

    /** Too often. */
    record TooMany(Duration delay) implements CommonProblem {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String code() {
            return "too_many_requests";
        }

        @Override
        public Text detail() {
            return new Text("Trop de demandes : patientez un peu.", "Too many requests: wait a little.");
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
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "unavailable";
        }

        @Override
        public Text detail() {
            return new Text(
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
        public int status() {
            return 500;
        }

        @Override
        public String code() {
            return "internal_error";
        }

        @Override
        public Text detail() {
            return new Text(
                    "Une erreur de notre côté. Donnez-nous « request_id » si elle se répète.",
                    "An error on our side. Give us \"request_id\" if it happens again.");
        }
    }
}
