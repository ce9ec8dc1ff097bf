// 会场签到码: draws the codes of the coming hour one after the other, by the server's clock. How many
// came is asked for again and again; when the line fails the screen goes on with the codes it has.
(function () {
  "use strict";
  const root = document.querySelector("#code-screen"), figures = root.querySelector("[data-figures]"), left = root.querySelector("[data-left]");
  const line = root.querySelector(".code-line"), OFF = line.textContent;
  const GONE = "这台电脑的登录已经过期，屏上的码照样能签；请另开一页重新登录，这一页会自己接上。";
  const GONE_OVER = "这台电脑的登录已经过期，请重新登录。签到可以先出示“我的代表码”，或者请工作人员按名单登记。";
  let gone = false, known = null, ahead = 0, failing = false;

  const HALF = 60, now = () => performance.now() + ahead;

  async function fetched() {
    gone = false;
    try {
      const short = known && known.steps.length > HALF && known.steps[known.steps.length - HALF][0] > now() / (known.seconds * 1000);
      const answer = await fetch(root.dataset.steps + (short ? "?brief=1" : ""), { redirect: "manual", cache: "no-store" });
      if (answer.status === 409) return over((await answer.json()).refused);
      gone = answer.type === "opaqueredirect" || answer.status === 403;
      if (answer.status !== 200) throw new Error(answer.status);
      const said = await answer.json();
      ahead = said.now - performance.now();
      if (said.steps) known = said;
      root.querySelector("[data-came]").textContent = said.came;
      failing = false;
    } catch (noLine) { failing = true; }
    line.textContent = gone ? GONE : OFF;
    if (gone) root.querySelector("[data-over]").textContent = GONE_OVER;
    root.classList.toggle("no-code-line", failing);
  }
  function over(words) { known = { seconds: 30, steps: [] }; root.querySelector("[data-over]").textContent = words; }
  // One path of a square for each dark module.
  function path(side, hex) {
    const bits = [...hex].map((one) => parseInt(one, 16).toString(2).padStart(4, "0")).join("").slice(-side * side);
    let words = "";
    for (let at = 0; at < bits.length; at += 1) if (bits[at] === "1") words += `M${at % side} ${Math.floor(at / side)}h1v1h-1z`;
    return words;
  }
  function qr(side, hex) {
    const make = (name, facts) => {
      const part = document.createElementNS("http://www.w3.org/2000/svg", name);
      Object.entries(facts).forEach(([key, value]) => part.setAttribute(key, value));
      return part;
    };
    const drawing = make("svg", { viewBox: `0 0 ${side} ${side}`, class: "qr", "shape-rendering": "crispEdges", role: "img", "aria-label": "签到二维码" });
    drawing.append(make("path", { d: path(side, hex), fill: "#1d2126" }));
    return drawing;
  }
  let shown = null;
  function draw() {
    if (!known) return;
    const at = now(), span = known.seconds * 1000, step = Math.floor(at / span);
    const found = known.steps.find(([number]) => number === step);
    root.classList.toggle("no-code", !found);
    left.textContent = found ? `${Math.ceil((span - at % span) / 1000)} 秒后换` : "";
    if (!found || shown === step) return;
    shown = step;
    figures.textContent = `${found[1].slice(0, 3)} ${found[1].slice(3)}`;
    root.querySelector("[data-qr]").replaceChildren(qr(known.side, found[2]));
  }
  fetched().then(draw);
  setInterval(fetched, 20000);
  setInterval(draw, 500);
})();
