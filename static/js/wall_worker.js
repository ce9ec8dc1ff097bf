// 大屏的保管员: keeps the last page of a station's screen, to be shown again after a reload when
// the line or the server is down. Served as /wall/worker.js, so it sees no other address; one line
// before this text says `WALL`: version, files. docs/decisions/0048 says why.
"use strict";

const SHELL = `wall-shell-${WALL.version}`, KEPT = "wall-pages";
const PATIENCE = 8000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, url.pathname));
  else if (WALL.files.includes(url.pathname)) event.respondWith(file(request));
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(WALL.files.map((path) => new Request(path, { cache: "no-cache", credentials: "omit" })));
  await self.skipWaiting();
}

async function takeOver() {
  await self.clients.claim();
  for (const name of await caches.keys()) {
    if (name.startsWith("wall-shell-") && name !== SHELL) await caches.delete(name);
  }
}

// A good page is kept, an ended one forgets what was kept; a fault of the server is no page.
async function page(request, key) {
  const pages = await caches.open(KEPT);
  try {
    const answer = await inTime(fetch(request), PATIENCE);
    if (answer.status === 200 && answer.headers.has("X-As-Of")) await pages.put(key, answer.clone());
    else if (answer.headers.has("X-Screen-Ended")) await pages.delete(key);
    else return await pages.match(key) || answer;
    return answer;
  } catch (failed) {
    return await pages.match(key) || Response.error();
  }
}

async function file(request) {
  try {
    const answer = await inTime(fetch(request), PATIENCE / 4);
    if (answer.ok) return answer;
  } catch (failed) { /* no line: the kept one */ }
  return await caches.match(request, { ignoreVary: true }) || Response.error();
}

function inTime(answer, limit) {
  return Promise.race([answer, new Promise((_, fail) => setTimeout(fail, limit))]);
}
