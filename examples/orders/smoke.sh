#!/usr/bin/env bash
# Starts the order service on free ports, tries every block and every pass, and prints how many did what they should.
set -u
cd "$(dirname "$0")" || exit 1
jar=target/orders.jar
if [ ! -f "$jar" ]; then
  echo "no $jar: build it first, with mvn -DskipTests package in the project's root" >&2
  exit 2
fi

folder=$(mktemp -d)
free() { # two free ports, asked of the system
  python3 - <<'P' 2>/dev/null || echo "18080 19090"
import socket
a, b = socket.socket(), socket.socket()
a.bind(("127.0.0.1", 0)); b.bind(("127.0.0.1", 0))
print(a.getsockname()[1], b.getsockname()[1])
P
}
read -r PORT IDP_PORT <<<"$(free)"
export PORT IDP_PORT
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$jar" >"$folder/log" 2>&1 &
service=$!
trap 'kill $service 2>/dev/null; wait $service 2>/dev/null; rm -rf "$folder"' EXIT

at=http://127.0.0.1:$PORT
idp=http://127.0.0.1:$IDP_PORT
for _ in $(seq 600); do
  curl -s -o "$folder/out" --max-time 1 "$at/status" && break
  kill -0 $service 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.1
done

passed=0
tried=0
try() { # what it is, expected status, expected text in the response's head or body, curl's arguments
  local what=$1 status=$2 text=$3 got
  shift 3
  got=$(curl -s -i --path-as-is --max-time 10 -w '\n%{http_code}' "$@" | tr -d '\r')
  tried=$((tried + 1))
  if [ "${got##*$'\n'}" = "$status" ] && grep -qiF -- "$text" <<<"$got"; then
    passed=$((passed + 1))
    echo "ok    $what"
  else
    echo "WRONG $what (expected $status with '$text', got ${got##*$'\n'})"
  fi
}
token() { curl -s --max-time 10 "$idp/demo/token?sub=${2:-alice}&scope=$1&aud=${3:-orders-api}"; }

read_token=$(token orders:read)
write_token=$(token orders:write)
other_token=$(token orders:read alice other-api)
spent_token=$(token orders:read mallory)
json='Content-Type: application/json'
order='{"item":"chain","quantity":2}'
large=$(printf '{"item":"%066000d","quantity":2}' 7)

try "a public page" 200 '"up"' "$at/status"
try "no token" 401 'WWW-Authenticate: Bearer' "$at/api/orders"
try "a token that is none" 401 invalid-token -H "Authorization: Bearer junk" "$at/api/orders"
try "a token for another audience" 401 invalid-token -H "Authorization: Bearer $other_token" "$at/api/orders"
try "the right token" 200 quantity -H "Authorization: Bearer $read_token" "$at/api/orders"
try "one order" 200 wrought -H "Authorization: Bearer $read_token" "$at/api/orders/3f2504e0-4f89-41d3-9a0c-0305e82c3301"
try "the wrong scope" 403 insufficient-scope -H "Authorization: Bearer $write_token" "$at/api/orders"
try "two tokens" 400 several-credentials -H "Authorization: Bearer $read_token" -H "Authorization: Bearer $read_token" "$at/api/orders"
try "HEAD takes the policy of GET" 401 '' -I "$at/api/orders"
try "OPTIONS that is no preflight" 401 authentication-required -X OPTIONS "$at/api/orders"
try "a trailing slash without a token" 401 authentication-required "$at/api/orders/"
try "a path parameter" 400 ambiguous-path -H "Authorization: Bearer $read_token" "$at/api/orders;x=1"
try "two slashes" 400 ambiguous-path -H "Authorization: Bearer $read_token" "$at//api/orders"
try "an encoded slash" 400 400 "$at/api/x/..%2forders"
try "TRACE" 405 method-not-allowed -X TRACE "$at/status"
try "an order" 201 chain -H "Authorization: Bearer $write_token" -H "$json" -d "$order" "$at/api/orders"
try "a wrong and an unknown member" 400 '"pointer":"/quantity"' -H "Authorization: Bearer $write_token" -H "$json" -d '{"item":"chain","quantity":"2","admin":true}' "$at/api/orders"
try "a member twice" 400 malformed-body -H "Authorization: Bearer $write_token" -H "$json" -d '{"item":"chain","quantity":2,"quantity":3}' "$at/api/orders"
try "another media type" 415 unsupported-media-type -H "Authorization: Bearer $write_token" -H 'Content-Type: text/plain' -d "$order" "$at/api/orders"
try "66 KB in chunks" 413 body-too-large -H "Authorization: Bearer $write_token" -H "$json" -H 'Transfer-Encoding: chunked' -d "$large" "$at/api/orders"
try "an API key" 200 42 -H 'X-API-Key: demo-partner-key' "$at/api/partners/report"
try "a wrong API key" 401 invalid-api-key -H 'X-API-Key: wrong-partner-key' "$at/api/partners/report"
try "an API key in the query" 401 authentication-required "$at/api/partners/report?apikey=demo-partner-key"
try "a forged address" 403 address-denied -H 'X-Forwarded-For: 10.1.1.1' "$at/admin/ping"
try "an innocent sentence" 200 select "$at/search?q=please+select+a+plan+from+the+list"
try "an SQL injection" 403 attack-detected "$at/search?q=1'%20or%20'1'='1"
try "a script" 403 attack-detected "$at/search?q=%3Cscript%3Ealert(1)%3C/script%3E"
try "a handler without a policy" 403 no-policy "$at/forgotten"
try "the actuator" 403 no-policy "$at/actuator/env"
preflight=(-X OPTIONS -H 'Access-Control-Request-Method: GET' -H 'Access-Control-Request-Headers: authorization')
try "a preflight of the right origin" 204 'Access-Control-Allow-Origin: https://app.example.com' "${preflight[@]}" -H 'Origin: https://app.example.com' "$at/api/orders"
try "a preflight of another origin" 204 'Vary: Origin' "${preflight[@]}" -H 'Origin: https://app.example.com.evil.example' "$at/api/orders"
try "a denial that a page may read" 401 'Access-Control-Allow-Origin: https://app.example.com' -H 'Origin: https://app.example.com' "$at/api/orders"
for _ in $(seq 100); do
  echo "url=\"$at/api/orders\""; echo "output=\"$folder/out\""
done >"$folder/hundred"
curl -s --max-time 60 -H "Authorization: Bearer $spent_token" -K "$folder/hundred" >"$folder/out"
try "the 101st request" 429 Retry-After -H "Authorization: Bearer $spent_token" "$at/api/orders"
try "another client goes on" 200 quantity -H "Authorization: Bearer $read_token" "$at/api/orders"

echo "$passed/$tried"
[ "$passed" = "$tried" ]
