// The screen asks for itself. When no good answer comes, it stays as it is and says since when:
// `stale` turns the lights grey and shows the amber banner (wall.css). wall_worker.js shows the
// last page again after a reload; only the server's clock is believed.
(function () {
  "use strict";
  const body = document.body, KEPT = "wall-pages", address = location.pathname;
  const EVERY = body.dataset.every * 1000, TURN = body.dataset.turn * 1000;
  const PATIENCE = 10000, AGAIN = 10000, MISSES = 2;
  const all = (choice) => [...document.querySelectorAll(choice)];
  let asOf = Number(body.dataset.at), heard = null, misses = 0, shown = 0, waiting = 0;

  // What is kept of the page on screen: of when it is still true.
  function remembered() {
    try {
      const kept = JSON.parse(localStorage.getItem(address) || "{}");
      if (kept.tag === body.dataset.tag) asOf = Math.max(asOf, kept.at);
    } catch (odd) { /* no store: the page's own moment stands */ }
  }
  function remember() {
    try { localStorage.setItem(address, JSON.stringify({ tag: body.dataset.tag, at: asOf })); } catch (full) { /* as above */ }
  }
  const pages = () => "caches" in window ? caches.open(KEPT) : Promise.reject(new Error("no store"));

  // Words, as the county counts its days
  const local = (second) => new Date((second + 8 * 3600) * 1000);
  const minute = (at) => at.toISOString().slice(11, 16);
  const dayWords = (at) => `${at.getUTCMonth() + 1} 月 ${at.getUTCDate()} 日`;
  const say = (choice, words) => all(choice).forEach((place) => { place.textContent = words; });
  const now = () => heard && heard.at + (performance.now() - heard.mono) / 1000;
  function draw() {
    const at = local(asOf), here = now() && local(now());
    say("[data-as-of]", minute(at));
    say("[data-as-of-day]", `${dayWords(at)} ${minute(at)}`);
    say("[data-clock]", here ? minute(here) : "");
    say("[data-date]", here ? `${dayWords(here)} 星期${"日一二三四五六"[here.getUTCDay()]}` : "");
    body.classList.toggle("stale", misses >= MISSES || !heard && misses > 0 || misses > 0 && !navigator.onLine);
    nextDay((here || at).toISOString().slice(0, 10));
    turnTo(shown);
  }
  // A day that is over while the line is down makes room for the one after it.
  function nextDay(today) {
    const days = all("[data-on]"), open = days.find((day) => !day.dataset.on || day.dataset.on >= today);
    days.forEach((day) => { day.hidden = day !== (open || days[days.length - 1]); });
  }
  function turnTo(number) {
    const turns = all("[data-turn-page]");
    if (!turns.length) return;
    shown = number % turns.length;
    turns.forEach((turn, at) => { turn.hidden = at !== shown; });
    say("[data-page]", String(shown + 1));
  }

  async function ask() {
    const limit = new AbortController(), timer = setTimeout(() => limit.abort(), PATIENCE);
    const kept = await pages().then((store) => store.match(address)).catch(() => true);
    const headers = kept ? { "If-None-Match": `"${body.dataset.tag}"` } : {};
    try {
      const answer = await fetch(address, { headers, credentials: "omit", cache: "no-store", redirect: "error", signal: limit.signal });
      return await take(answer);
    } finally { clearTimeout(timer); }
  }
  // Somebody else's page (a hotspot's login, a proxy's error) must not wipe the board.
  async function take(answer) {
    if (answer.headers.has("X-Screen-Ended")) return ended();
    const at = Number(answer.headers.get("X-As-Of"));
    if (!at || ![200, 304].includes(answer.status)) return false;
    if (answer.status === 200) {
      const copy = answer.clone(), fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!fresh.getElementById("board")) return false;
      await pages().then((store) => store.put(address, copy)).catch(() => {});
      if (fresh.body.dataset.version !== body.dataset.version) {
        location.reload();
        return true;
      }
      if (fresh.body.dataset.tag !== body.dataset.tag) {
        ["rota", "board"].forEach((id) => document.getElementById(id).replaceWith(document.adoptNode(fresh.getElementById(id))));
        body.dataset.tag = fresh.body.dataset.tag;
      }
    }
    asOf = at;
    heard = { at, mono: performance.now() };
    remember();
    return true;
  }
  async function ended() {
    await pages().then((store) => store.delete(address)).catch(() => {});
    try { localStorage.removeItem(address); } catch (odd) { /* nothing kept */ }
    location.reload();
    return new Promise(() => {}); // the page that comes says what is to be done
  }

  async function round() {
    clearTimeout(waiting);
    const good = await ask().catch(() => false);
    misses = good ? 0 : misses + 1;
    draw();
    clearTimeout(waiting); // another round may have begun meanwhile
    waiting = setTimeout(round, good ? EVERY : AGAIN);
  }

  remembered();
  turnTo(0);
  round();
  setInterval(draw, 1000);
  setInterval(() => turnTo(shown + 1), TURN);
  ["online", "offline"].forEach((name) => window.addEventListener(name, round));
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(body.dataset.worker).catch(() => {});
})();
