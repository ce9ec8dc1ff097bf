// 手机上的保管员: keeps a deputy's own pages on the phone, to be read when the line fails.
// Served as /worker.js, where one line before this text says `PHONE`: version, files, no_line.
// What the server marks with X-Keep-For may be kept, and nothing else: no page of the office, no
// photo, no answer but a plain 200. docs/decisions/0016-kept-on-the-phone.md says why.
"use strict";

const SHELL = `shell-${PHONE.version}`;
const KEPT_PAGES = /^\/(deputies\/report\/(\?item=[\w-]+)?|stations\/arrive\/)?$/;
const CHANGES_HANDS = ["/login/", "/logout/", "/act-as/", "/elder/"];
const HEADERS = ["Content-Type", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"];
const PATIENCE = 8000; // a line that says nothing for so long is no line
const FRESH = 12 * 3600 * 1000;

// Counts up when pages are erased: an answer asked for before that is not kept after it.
let erasures = 0;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin || url.pathname.startsWith("/admin/")) return;
  if (request.mode !== "navigate") {
    if (PHONE.files.includes(url.pathname)) event.respondWith(file(request));
  } else if (request.method === "GET") {
    event.respondWith(page(event, url.pathname + url.search));
  } else if (CHANGES_HANDS.includes(url.pathname)) {
    event.respondWith(erase().then(() => fetch(request)).catch(noLine));
  }
});

async function install() {
  const shell = await caches.open(SHELL);
  const wanted = [...PHONE.files, PHONE.no_line];
  await shell.addAll(wanted.map((path) => new Request(path, { cache: "no-cache", credentials: "omit" })));
  await self.skipWaiting();
}

async function takeOver() {
  await self.clients.claim();
  await keepAll(0);
}

// A page comes over the line; when that fails or says nothing, from the phone.
async function page(event, key) {
  const before = erasures;
  const kept = KEPT_PAGES.test(key) && await caches.match(key);
  try {
    const answer = await inTime(fetch(event.request), kept ? PATIENCE : 10 * PATIENCE);
    if (KEPT_PAGES.test(key)) event.waitUntil(arrived(key, answer.clone(), before));
    return answer;
  } catch (failed) {
    return kept && before === erasures ? kept : noLine();
  }
}

async function file(request) {
  try {
    return await inTime(fetch(request), PATIENCE / 4);
  } catch (failed) {
    return await caches.match(request, { ignoreVary: true }) || Response.error();
  }
}

function inTime(answer, limit) {
  return Promise.race([answer, new Promise((_, fail) => setTimeout(fail, limit))]);
}

async function noLine() {
  return await caches.match(PHONE.no_line) || Response.error();
}

async function arrived(key, answer, before) {
  await judged(key, answer, before);
  if (key === "/") await keepAll(FRESH, [key]);
}

// At a kept address anything but a page of one's own says: nobody, or somebody else, is signed in.
async function judged(key, answer, before) {
  if (answer.status >= 500) return "";
  const account = answer.headers.get("X-Keep-For");
  if (answer.status !== 200 || !account) {
    await erase();
    return "";
  }
  const now = Date.now(), words = (await answer.text())
    .replace(/<!--line-->[^]*?<!--\/line-->/g, "")
    .replace("<html ", `<html data-kept="${now}" `);
  if (before !== erasures) return "";
  const own = `pages-${account}`;
  await eraseBut(own);
  const headers = new Headers({ "X-Kept-At": String(now) });
  for (const name of HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  await (await caches.open(own)).put(key, new Response(words, { headers }));
  if (before !== erasures) await eraseBut("");
  return words;
}

// The desk, the check-in, the list of duties and each form: what is missing or older than `age`.
async function keepAll(age, known = []) {
  const before = erasures;
  if (!known.includes("/")) await wanted("/", age, before);
  await wanted("/stations/arrive/", age, before);
  const list = await wanted("/deputies/report/", age, before);
  for (const [found] of list.matchAll(/\?item=[\w-]+/g)) await wanted(`/deputies/report/${found}`, age, before);
  for (const name of await caches.keys()) {
    if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  }
}

async function wanted(key, age, before) {
  const kept = await caches.match(key);
  if (kept && Number(kept.headers.get("X-Kept-At")) > Date.now() - age) return kept.text();
  if (before !== erasures) return "";
  return judged(key, await fetch(key, { redirect: "manual", cache: "no-store" }), before);
}

async function erase() {
  erasures += 1;
  await eraseBut("");
}

async function eraseBut(own) {
  for (const name of await caches.keys()) {
    if (name.startsWith("pages-") && name !== own) await caches.delete(name);
  }
}
