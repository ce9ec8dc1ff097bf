// 签到存在手机里: a check-in is first kept on the device with its moment, then sent, once, by its
// number. Without this file the form is sent by the browser itself, as ever. Used by the deputy's
// page and by the organiser's: <form data-check-in data-account data-sends>.
(function () {
  "use strict";
  const form = document.querySelector("form[data-check-in]"), card = document.querySelector("#check-ins-kept");
  const me = form ? form.dataset : document.currentScript.dataset, PATIENCE = 15000;
  const openedAt = Date.now();

  function store(mode, act) {
    return new Promise((done, fail) => {
      const opening = indexedDB.open("check-ins", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "token" });
      opening.onerror = () => fail(opening.error);
      opening.onsuccess = () => {
        const base = opening.result, work = base.transaction("kept", mode), asked = act(work.objectStore("kept"));
        work.oncomplete = () => { base.close(); done(asked.result); };
        work.onabort = () => { base.close(); fail(work.error); };
      };
    });
  }
  const put = (one) => store("readwrite", (kept) => kept.put(one));
  const remove = (token) => store("readwrite", (kept) => kept.delete(token));
  const mine = async () => (await store("readonly", (kept) => kept.getAll())).filter((one) => one.account === me.account).sort((a, b) => a.at - b.at);
  const alone = (act) => navigator.locks ? navigator.locks.request("check-ins", act) : act();
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // The browser's own key: one phone for several deputies is seen by it, and nothing else is.
  function device() {
    try {
      if (!localStorage.getItem("device")) localStorage.setItem("device", random());
      return localStorage.getItem("device");
    } catch (closed) { return ""; }
  }
  function ask(how) {
    const limit = new AbortController();
    setTimeout(() => limit.abort(), PATIENCE);
    return fetch(me.sends, { redirect: "manual", cache: "no-store", signal: limit.signal, ...how });
  }
  // What an answer means; `null`: no answer, it is tried again.
  async function verdict(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "login" };
    if (![200, 400, 404, 409, 422].includes(answer.status)) return null;
    const words = await answer.json().catch(() => null);
    if (!words) return null; // a hotspot's page or a proxy's: not ours
    if (words.arrived) return { state: "arrived", said: words.arrived };
    return { state: "refused", said: words.refused || "平台没有收下，请找组织方按名单登记。" };
  }
  async function sendAll() {
    const open = (await mine()).filter((one) => one.state === "waiting" || one.state === "login");
    if (!open.length) return;
    const who = await ask({}), nobody = who.type === "opaqueredirect" || who.status === 401;
    if (!who.ok && !nobody) return; // the platform is away, which asks nobody to sign in
    const known = nobody ? {} : await who.json();
    for (const one of open) {
      let now = { state: "login" };
      if (known.account === one.account) {
        const body = new FormData();
        one.fields.forEach(([name, value]) => body.append(name, value));
        body.append("token", one.token);
        body.append("account", one.account);
        body.append("age", Math.max(0, Math.round((Date.now() - one.at) / 1000)));
        body.append("csrfmiddlewaretoken", known.csrf);
        now = await verdict(await ask({ method: "POST", body }));
      }
      if (now) await put({ ...one, ...now });
    }
  }
  async function send() {
    try { await alone(sendAll); } catch (noLine) { /* they wait */ }
    await list().catch(() => {});
  }

  const SIGNS = { waiting: ["等网络", "amber"], login: ["请先登录", "amber"], refused: ["没有签上", "red"], arrived: ["已签到", "green"] };
  const clockWords = (at) => new Date(at + 8 * 3600000).toISOString().slice(5, 16).replace("T", " ").replace("-", " 月 ").replace(/ (\d\d:)/, " 日 $1").replace(/^0| 0(?=\d 日)/g, (zero) => zero[0] === " " ? " " : "");
  async function list() {
    const kept = await mine();
    mark(kept.some((one) => one.state === "waiting" || one.state === "login"));
    if (!card) return;
    card.hidden = !kept.length;
    card.querySelector("[data-promise]").hidden = !kept.some((one) => one.state === "waiting");
    card.querySelector("[data-login]").hidden = !kept.some((one) => one.state === "login");
    card.querySelector("ul").replaceChildren(...kept.map(row));
    for (const one of kept) if (one.state === "arrived") await remove(one.token);
  }
  function row(one) {
    const line = card.querySelector("template").content.firstElementChild.cloneNode(true), [sign, colour] = SIGNS[one.state];
    dispatchEvent(new CustomEvent("check-in", { detail: one })); // scan.js says it beside the camera
    line.querySelector("b").textContent = one.what;
    line.querySelector(".badge").textContent = sign;
    line.querySelector(".badge").classList.add(colour);
    line.querySelector(".meta").textContent = one.said || `${clockWords(one.at)} 存下，按这个时刻算`;
    const drop = line.querySelector("button");
    drop.hidden = one.state !== "refused";
    drop.addEventListener("click", async () => { await remove(one.token); await list(); });
    return line;
  }
  // The desk loads this file only while something waits (offline.js).
  function mark(waits) {
    try { waits ? localStorage.setItem("check-ins", "1") : localStorage.removeItem("check-ins"); } catch (closed) { /* no store */ }
  }

  // The screen's QR code opens …#activity.code: no server and no log sees what stands behind #.
  let seenAt = openedAt;
  function scanned() {
    const found = form && form.elements.code && /^#(\d+)\.(\d{6})$/.exec(location.hash);
    if (!found) return;
    seenAt = Date.now();
    form.elements.activity.value = found[1];
    form.elements.code.value = found[2];
    document.querySelectorAll("[data-scanned]").forEach((part) => { part.hidden = false; });
    history.replaceState(null, "", location.pathname);
  }
  async function submitted(event) {
    event.preventDefault();
    const from = event.target, code = from.elements.code, button = from.querySelector("button:not([type=button])");
    const fields = [...new FormData(from)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "token", "age", "account", "device"].includes(name));
    if (!from.reportValidity()) return;
    fields.push(["device", device()]);
    const person = from.elements.person, hand = person && person.selectedOptions[0].textContent;
    const one = { token: random(), account: me.account, fields, state: "waiting", said: "", at: code && code.value === seenCode(from) ? seenAt : Date.now(), what: hand || (from.elements.card ? "扫代表码" : "签到") };
    try { await put(one); } catch (full) { return from.submit(); }
    button.disabled = true;
    await Promise.race([send(), new Promise((done) => setTimeout(done, PATIENCE))]);
    button.disabled = false;
    const still = (await mine()).find((kept) => kept.token === one.token);
    if (!still && code) return location.assign(location.pathname); // the page says when
    if (still && still.state === "refused" && card) card.scrollIntoView();
    from.reset();
    if (from.elements.card && !from.querySelector("video:not([hidden])")) from.elements.card.focus(); // no keyboard over the camera
  }
  const seenCode = (from) => from.elements.activity && from.elements.activity.value ? from.elements.code.value : null;

  document.querySelectorAll("form[data-check-in]").forEach((one) => one.addEventListener("submit", submitted));
  scanned();
  addEventListener("hashchange", scanned);
  addEventListener("online", send);
  setInterval(send, 30000);
  send();
})();
