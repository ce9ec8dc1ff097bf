"""Health check of the web container: the health page answers 200, asked as nginx would ask."""

import http.client
import os
import sys

line = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
asked_as = {"Host": os.environ["ALLOWED_HOSTS"].split(",")[0], "X-Forwarded-Proto": "https"}
line.request("GET", "/health/", headers=asked_as)
sys.exit(0 if line.getresponse().status == 200 else 1)
