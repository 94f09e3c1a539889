"""DepartCart for a Python backend. Standard library only, Python 3.9 or newer.

    BASE_URL=https://seats.example.com API_KEY=dck_... API_SECRET=dcs_... python3 departcart.py link ABC123 SMITH
    WEBHOOK_SECRET=... python3 departcart.py verify "$SIGNATURE" < body
"""

import hashlib
import hmac
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request

TIMEOUT_SECONDS = 10
SPARE_SECONDS = 60
"""A token is replaced this long before its end, so that none ends on its way."""


class DepartCartError(Exception):
    """An answer that is no success. `code` is stable; `detail` says what to do; `request_id` is in the server's log, too."""

    def __init__(self, status, problem):
        self.status = status
        self.code = problem.get("code", "unknown")
        self.detail = problem.get("detail", "")
        self.request_id = problem.get("request_id", "")
        super().__init__(f"{status} {self.code}: {self.detail} (request {self.request_id})")


class DepartCart:
    """One for the whole process: it keeps the bearer token until that ends."""

    def __init__(self, base_url, api_key, api_secret):
        self._base_url = base_url.rstrip("/")
        self._credentials = {"api_key": api_key, "api_secret": api_secret}
        self._token = None
        self._ends_at = 0
        self._lock = threading.Lock()

    def seat_map_url(self, pnr, last_name, source="api"):
        """The address to send to the traveller. The locator is the reservation system's, the name any traveller's."""
        link = self._call(
            "/api/generate-encrypted-seatmap-url",
            {"pnr": pnr, "last_name": last_name, "source": source},
        )
        return self._base_url + link["seatmap_url"]

    def _call(self, path, body):
        token = self._bearer_token()
        try:
            return self._post(path, body, token)
        except DepartCartError as error:
            if error.code != "token_not_valid":
                raise
            # Its key was taken out of service before the token's end.
            return self._post(path, body, self._bearer_token(instead_of=token))

    def _bearer_token(self, instead_of=None):
        with self._lock:
            over = time.time() > self._ends_at - SPARE_SECONDS
            if self._token is None or over or self._token == instead_of:
                answer = self._post("/generate-bearer-token", self._credentials)
                self._token = answer["bearer_token"]
                self._ends_at = answer["expires_at"]
            return self._token

    def _post(self, path, body, token=None):
        request = urllib.request.Request(self._base_url + path, json.dumps(body).encode(), method="POST")
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise DepartCartError(error.code, _problem(error.read())) from None


def _problem(text):
    try:
        problem = json.loads(text)
    except ValueError:
        problem = None  # a proxy's page
    return problem if isinstance(problem, dict) else {}


def webhook_is_genuine(secret, raw_body, signature):
    """
    Whether a delivery is DepartCart's.

    raw_body: the bytes as they came, before any parser. signature: the header X-DepartCart-Signature, None where there is none.
    """
    digest = hmac.new(secret.encode(), raw_body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={digest}".encode(), (signature or "").encode())


def main(command, *arguments):
    if command == "link":
        client = DepartCart(os.environ["BASE_URL"], os.environ["API_KEY"], os.environ["API_SECRET"])
        for pnr, last_name in zip(arguments[::2], arguments[1::2]):
            print(client.seat_map_url(pnr, last_name))
    elif command == "verify":
        body = sys.stdin.buffer.read()
        if not webhook_is_genuine(os.environ["WEBHOOK_SECRET"], body, arguments[0]):
            sys.exit("not genuine")
        print(json.loads(body)["type"])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main(*(sys.argv[1:] or ["help"]))
    except (DepartCartError, OSError) as error:
        sys.exit(str(error))
