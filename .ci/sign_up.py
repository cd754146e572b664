"""Signs two people up over the API of a running one-machine cloud, as an app would, and gives the first some money.

usage: sign_up.py BASE_URL

They have the phones of openapi.yaml's examples, so that an example of a transfer or a log-in succeeds. Prints the
access token of the first.
"""

import re
import sys

import requests

PAYER = "+22890000001"
PAYEE = "+22890000002"
FUNDS_XOF = 20_000
TIMEOUT_S = 30


def answer(response):
    """The JSON of a successful answer; anything else ends the program with what was said."""
    if not response.ok:
        sys.exit(f"{response.request.method} {response.url}: {response.status_code} {response.text}")
    return response.json()


def post(url, body):
    return answer(requests.post(url, json=body, timeout=TIMEOUT_S))


def sign_up(base, phone, first_name):
    """Proves the phone by the code in its text message and registers it; returns the access token."""
    sent = post(base + "/api/auth/send-otp", {"phone": phone, "type": "registration"})
    messages = answer(requests.get(base + "/_local/sms", params={"phone": phone}, timeout=TIMEOUT_S))
    code = re.search(r"\b\d{6}\b", messages["items"][0]["text"]).group()
    proof = post(base + "/api/auth/verify-otp", {"verification_id": sent["verification_id"], "code": code})
    person = {
        "verification_token": proof["verification_token"],
        "first_name": first_name,
        "last_name": "Mensah",
        "password": "une phrase que je retiens",
        "user_type": "client",
        "consents": {"terms": True, "privacy": True},
    }
    return post(base + "/api/auth/register", person)["tokens"]["access_token"]


def main():
    base = sys.argv[1]
    token = sign_up(base, PAYER, "Afi")
    sign_up(base, PAYEE, "Kossi")
    post(base + "/_local/ledger/fund", {"phone": PAYER, "amount": FUNDS_XOF})
    print(token)


if __name__ == "__main__":
    main()
