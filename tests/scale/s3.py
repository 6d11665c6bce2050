"""Just enough of the S3 protocol to make a bucket: a signed PUT (AWS Signature Version 4)."""

from __future__ import annotations

import hashlib
import hmac
import http.client
from datetime import UTC, datetime

_EMPTY = hashlib.sha256(b"").hexdigest()


def put_bucket(port: int, name: str, key: str, secret: str, region: str = "us-east-1") -> bool:
    """Make a bucket; whether it is there now."""
    now = datetime.now(UTC)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    headers = {"host": f"127.0.0.1:{port}", "x-amz-content-sha256": _EMPTY, "x-amz-date": stamp}
    signed = ";".join(headers)
    canonical = "\n".join(
        ["PUT", f"/{name}", "", *(f"{name}:{value}" for name, value in headers.items()), "", signed, _EMPTY]
    )
    scope = f"{day}/{region}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    signing = f"AWS4{secret}".encode()
    for part in (day, region, "s3", "aws4_request"):
        signing = hmac.digest(signing, part.encode(), "sha256")
    words = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
    signature = hmac.digest(signing, words.encode(), "sha256").hex()
    headers["authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={signed}, Signature={signature}"
    )
    con = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        con.request("PUT", f"/{name}", headers=headers)
        return con.getresponse().status in (200, 409)
    except OSError:
        return False
    finally:
        con.close()
