// 存在手机里: a duty is first kept on the phone, then sent, once. Without this file the form is
// sent by the browser itself, as ever. worker.js keeps the pages; this file keeps the records.
(function () {
  "use strict";
  const me = document.currentScript.dataset; // account: whose page this is; sends: where to
  const html = document.documentElement;
  const shownAt = Number(html.dataset.kept) || Date.now();
  const fromPhone = Boolean(html.dataset.kept);
  const LONG_SIDE = 1600, SMALL_ENOUGH = 500000, PATIENCE = 20000;
  const find = (choice, within) => (within || document).querySelector(choice);

  // The records on this phone, of every account: see mine().
  function store(mode, act) {
    return new Promise((done, fail) => {
      const opening = indexedDB.open("congress", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("duties", { keyPath: "token" });
      opening.onerror = () => fail(opening.error);
      opening.onsuccess = () => {
        const base = opening.result, work = base.transaction("duties", mode);
        const asked = act(work.objectStore("duties"));
        work.oncomplete = () => { base.close(); done(asked.result); };
        work.onabort = () => { base.close(); fail(work.error); };
      };
    });
  }
  const all = () => store("readonly", (duties) => duties.getAll());
  const put = (duty) => store("readwrite", (duties) => duties.put(duty));
  const get = (token) => store("readonly", (duties) => duties.get(token));
  const remove = (token) => store("readwrite", (duties) => duties.delete(token));
  async function mine() {
    const own = (await all()).filter((duty) => duty.account === me.account);
    return own.sort((one, other) => one.keptAt - other.keptAt);
  }
  // Of all open windows one at a time; where there are no locks the token alone makes it once.
  const alone = (act) => navigator.locks ? navigator.locks.request("duties", act) : act();

  // Days and moments as the county counts them.
  const dayOf = (at) => new Date(at + 8 * 3600000).toISOString().slice(0, 10);
  const later = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
  const dayWords = (day) => `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8))} 日`;
  function momentWords(at) {
    const days = (Date.parse(dayOf(Date.now())) - Date.parse(dayOf(at))) / 86400000;
    const clock = new Date(at + 8 * 3600000).toISOString().slice(11, 16).replace(/^0/, "");
    return `${["今天", "昨天"][days] || dayWords(dayOf(at))} ${clock}`;
  }
  const photoWords = (duty) => `${duty.photos.length} 张照片`;

  // Sending
  async function verdict(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "login" };
    if ([400, 404, 413].includes(answer.status)) return { state: "refused", said: { "": "平台没有收下，请打开看一看。" } };
    if (![200, 409, 422].includes(answer.status)) return { state: "waiting" };
    const words = await answer.json();
    if (words.reported) return { state: "reported", page: words.reported, photos: [] };
    return { state: "refused", said: words.errors || { "": words.refused } };
  }
  function ask(how) {
    const limit = new AbortController();
    setTimeout(() => limit.abort(), 6 * PATIENCE);
    return fetch(me.sends, { redirect: "manual", cache: "no-store", signal: limit.signal, ...how });
  }
  async function sendOne(duty, csrf) {
    const body = new FormData();
    duty.fields.forEach(([name, value]) => body.append(name, value));
    body.append("csrfmiddlewaretoken", csrf);
    body.append("account", duty.account);
    body.append("item", duty.item);
    body.append("token", duty.token);
    duty.photos.forEach((photo) => body.append("photos", photo, photo.name || "photo.jpg"));
    return verdict(await ask({ method: "POST", body }));
  }
  async function sendWaiting() {
    const open = (await mine()).filter((duty) => duty.state === "waiting" || duty.state === "login");
    if (!open.length) return;
    const who = await ask({}), signedOut = who.type === "opaqueredirect";
    if (!who.ok && !signedOut) return;
    const known = signedOut ? {} : await who.json();
    for (const duty of open) {
      const own = known.account === duty.account;
      await put({ ...duty, ...(own ? await sendOne(duty, known.csrf) : { state: "login" }) });
    }
  }
  async function send() {
    try { await alone(sendWaiting); } catch (failed) { /* no line: they wait, and it is tried again */ }
    await list().catch(() => {});
  }

  // What is kept, on the desk and where one logs
  const SIGNS = { waiting: ["等网络", "amber"], login: ["请先登录", "amber"], refused: ["没有收下", "red"], reported: ["已上报", "green"] };
  let told = []; // what this page has said is reported: no need to keep it any longer
  async function list() {
    const card = find("#on-phone");
    if (!card) return;
    const kept = [...told, ...await mine()], open = kept.filter((duty) => duty.state !== "reported");
    card.hidden = !kept.length;
    find("[data-count]", card).textContent = open.length ? `${open.length} 条` : "";
    find("h2", card).textContent = open.length ? "存在手机里，还没上报" : "手机里的都上报了";
    find("[data-promise]", card).hidden = !open.some((duty) => duty.state === "waiting");
    find("[data-login]", card).hidden = !open.some((duty) => duty.state === "login");
    find("ul", card).replaceChildren(...kept.map((duty) => row(card, duty)));
    if (fromPhone) return;
    told = kept.filter((duty) => duty.state === "reported");
    for (const duty of told) await remove(duty.token);
  }
  function row(card, duty) {
    const line = find("template", card).content.firstElementChild.cloneNode(true);
    const [sign, colour] = SIGNS[duty.state], open = duty.state !== "reported";
    find("b", line).textContent = duty.what;
    find(".badge", line).textContent = sign;
    find(".badge", line).classList.add(colour);
    find(".meta", line).textContent = open
      ? `${dayWords(duty.day)}办的 · ${photoWords(duty)} · ${momentWords(duty.keptAt)} 存的` : `${dayWords(duty.day)}办的`;
    find(".problem", line).textContent = duty.state === "refused" ? Object.values(duty.said).join("") : "";
    const mend = find("[data-mend]", line), drop = find("[data-drop]", line), look = find("[data-look]", line);
    mend.hidden = duty.state !== "refused";
    mend.href = `${mend.dataset.mend}?item=${duty.item}#${duty.token}`;
    look.hidden = open;
    look.href = duty.page || "";
    drop.hidden = !open;
    drop.addEventListener("click", () => dropped(duty));
    return line;
  }
  async function dropped(duty) {
    if (!confirm(`删除“${duty.what}”吗？照片也从手机里删掉，删了找不回来。`)) return;
    await alone(async () => {
      const now = await get(duty.token);
      if (now && now.state !== "reported") await remove(duty.token);
    });
    await list();
  }

  // The line comes and goes
  const banner = find("#no-line");
  function lineGone() {
    html.dataset.kept = html.dataset.kept || String(shownAt);
    banner.hidden = false;
    const form = find("form[data-kept-first]");
    find("[data-when]", banner).textContent = form ? "照样可以记，先存在手机里" : `下面是${momentWords(shownAt)} 的内容`;
  }
  async function lineBack() {
    await send();
    const signedOut = (await mine().catch(() => [])).some((duty) => duty.state === "login");
    if (fromPhone && !signedOut && !find("form[data-kept-first]")) return location.reload();
    delete html.dataset.kept;
    banner.hidden = true;
  }
  async function tryAgain() {
    try { await ask({}); } catch (failed) { return void (find("b", banner).textContent = "还是没有网络"); }
    await lineBack();
  }

  // The form
  async function small(photo) {
    try {
      const picture = await createImageBitmap(photo, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
      if (scale < 1 || photo.size > SMALL_ENOUGH) {
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * scale);
        canvas.height = Math.round(picture.height * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
        if (drawn && drawn.size < photo.size) return new File([drawn], "photo.jpg", { type: drawn.type });
      }
    } catch (unknown) { /* not a picture this phone can draw: the server says so */ }
    return new File([await photo.arrayBuffer()], photo.name, { type: photo.type });
  }
  const chosen = (form, name) => (form.elements[name] || {}).value || "";
  // "今天" on a page kept yesterday is another day: each choice says and sends its date.
  function datesOf(form) {
    const passed = Math.round((Date.parse(dayOf(Date.now())) - Date.parse(dayOf(shownAt))) / 86400000);
    form.querySelectorAll("[name=day]").forEach((choice) => {
      if (choice.value === "other") return;
      choice.dataset.date = later(form.dataset.today, passed - Number(choice.value));
      find("small", choice.closest("label")).textContent = dayWords(choice.dataset.date);
    });
  }
  async function gathered(form) {
    const choice = find("[name=day]:checked", form), day = (choice && choice.dataset.date) || chosen(form, "other_day");
    const place = ["", "other"].includes(chosen(form, "spot")) ? chosen(form, "place").trim() : chosen(form, "spot");
    const missing = {};
    if (!day) missing.other_day = "请选是哪一天。";
    if (!place && form.dataset.place) missing.place = "请写在哪里。";
    if (Object.keys(missing).length) return { missing };
    const said = { day: "other", other_day: day, spot: "other", place };
    const typed = [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && !(name in said) && !["csrfmiddlewaretoken", "token"].includes(name));
    const count = chosen(form, "quantity"), unit = form.dataset.unit;
    return {
      token: chosen(form, "token"), account: me.account, item: form.dataset.item, day, place,
      what: form.dataset.title + (unit === "次" && count === "1" ? "" : ` ${count} ${unit}`),
      fields: [...Object.entries(said), ...typed], keptAt: Date.now(), state: "waiting", said: {}, page: "",
      photos: await Promise.all([...form.elements.photos.files].map(small)),
    };
  }
  async function submitted(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target, button = find(`button[form="${form.id}"]`);
    unsaid(form);
    button.disabled = true;
    const duty = await gathered(form);
    if (!duty.missing) {
      try { await put(duty); } catch (full) {
        if (navigator.onLine) return form.submit(); // cannot be kept: sent as without this file
        duty.missing = { "": "手机存不下这一条：存储满了，或者开着无痕浏览。先别关这一页，腾出地方或者有网时再按“上报”。" };
      }
    }
    if (!duty.missing) {
      await Promise.race([send(), new Promise((done) => setTimeout(done, PATIENCE))]);
      const now = await get(duty.token) || duty;
      if (now.state === "reported") {
        await remove(now.token);
        return location.assign(now.page);
      }
      if (now.state !== "refused") return arrived(now);
      duty.missing = now.said;
    }
    button.disabled = false;
    delete form.dataset.sent;
    say(form, duty.missing);
  }
  function unsaid(form) {
    form.querySelectorAll("[data-said]").forEach((words) => words.remove());
    form.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
  }
  function word(textContent, className) {
    const line = Object.assign(document.createElement("p"), { textContent, className });
    line.dataset.said = "";
    return line;
  }
  function say(form, said) {
    for (const [name, text] of Object.entries(said)) {
      const input = name && find(`[name="${name}"]`, form), field = input && input.closest(".field");
      if (!field) { form.prepend(word(text, "note red")); continue; }
      if (field.closest("[data-again]")) field.closest("[data-again]").hidden = false;
      field.classList.add("wrong");
      field.append(word(text, "problem"));
    }
    const first = find("[data-said]", form);
    if (first) first.scrollIntoView({ block: "center" });
  }
  // 已存在手机里: what was kept and what will happen, in place of the form.
  function arrived(duty) {
    const words = {
      what: `${duty.what} · ${dayWords(duty.day)}`,
      where: [duty.place, photoWords(duty)].filter(Boolean).join(" · "),
      when: momentWords(duty.keptAt), day: dayWords(duty.day),
      next: duty.state === "login" ? "请先登录，登录后自动上报" : "有网时自动上报，不用再点",
    };
    const parts = ["#kept-words", "#kept-acts"].map((template) => find(template).content.cloneNode(true));
    for (const place of ["main", ".dock"]) {
      const part = parts.shift();
      part.querySelectorAll("[data-fill]").forEach((spot) => { spot.textContent = words[spot.dataset.fill]; });
      part.querySelectorAll("[data-when-login]").forEach((spot) => { spot.hidden = duty.state !== "login"; });
      find(place).replaceChildren(part);
    }
    scrollTo(0, 0);
  }
  // 打开改一改: the form as it was kept, photos too.
  async function reopened(form) {
    const duty = /^#[0-9a-f]{32}$/.test(location.hash) && await get(location.hash.slice(1));
    if (!duty || duty.account !== me.account || duty.state === "reported") return;
    for (const [name, value] of [...duty.fields, ["token", duty.token]]) {
      form.querySelectorAll(`[name="${name}"]`).forEach((input) => {
        if (/^(radio|checkbox)$/.test(input.type)) input.checked = input.value === value;
        else input.value = value;
      });
    }
    const photos = new DataTransfer();
    duty.photos.forEach((photo) => photos.items.add(photo));
    form.elements.photos.files = photos.files;
    form.elements.photos.dispatchEvent(new Event("change", { bubbles: true }));
    say(form, duty.said);
  }

  // A check-in that waits (checkin.js) is sent from whatever page is open.
  function checkIns() {
    if (find("form[data-check-in]") || !localStorage.getItem("check-ins")) return;
    const script = document.createElement("script");
    script.src = me.checkIns;
    Object.assign(script.dataset, { account: me.account, sends: me.checkInsTo });
    document.head.append(script);
  }
  async function begin() {
    try { checkIns(); } catch (closed) { /* no store, so nothing waits */ }
    const form = find("form[data-kept-first]");
    if (form) {
      if (fromPhone) form.elements.token.value = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
      const dates = () => { datesOf(form); form.dispatchEvent(new Event("input")); };
      dates();
      document.addEventListener("visibilitychange", dates);
      form.addEventListener("submit", submitted);
      addEventListener("pageshow", () => { find(`button[form="${form.id}"]`).disabled = false; });
      await reopened(form).catch(() => {});
    }
    if (!banner) return;
    if (fromPhone || !navigator.onLine) lineGone();
    find("button", banner).addEventListener("click", tryAgain);
    addEventListener("offline", lineGone);
    addEventListener("online", lineBack);
    if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
    await list().catch(() => {});
    await send();
  }
  begin();
})();
