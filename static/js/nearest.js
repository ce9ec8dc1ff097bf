/* 离我最近: the position is asked for on a tap, used on this page, and neither sent nor kept. */
(() => {
  const box = document.querySelector("[data-nearest]");
  const places = [...document.querySelectorAll("[data-at]")];
  if (!box || !navigator.geolocation || places.length < 2) return;
  const [button, said, list] = ["button", "[role=status]", "ol"].map((one) => box.querySelector(one));
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const apart = (at, to) => {
    const half = (a, b) => Math.sin(rad(b - a) / 2) ** 2;
    const bow = half(at[0], to[0]) + Math.cos(rad(at[0])) * Math.cos(rad(to[0])) * half(at[1], to[1]);
    return 12742 * Math.asin(Math.sqrt(bow));
  };
  const words = (km) => (km < 1 ? `${Math.round(km * 100) * 10} 米` : `${km.toFixed(1)} 公里`);
  const found = ({ coords }) => {
    const here = [coords.latitude, coords.longitude];
    const near = places
      .map((place) => [apart(here, place.dataset.at.split(",").map(Number)), place])
      .sort((one, other) => one[0] - other[0])
      .slice(0, 5);
    list.replaceChildren(...near.map(([km, place]) => {
      const row = document.createElement("li"), link = document.createElement("a"), far = document.createElement("span");
      row.className = "apart";
      link.href = place.href;
      link.textContent = place.querySelector("b").textContent;
      far.textContent = `约 ${words(km)}`;
      row.append(link, far);
      return row;
    }));
    said.textContent = near[0][0] > 100 ? "您好像不在本县，下面按直线距离排。" : "按直线距离，最近的在前。";
    button.disabled = false;
  };
  const refused = () => {
    said.textContent = "没有得到位置，不要紧：请在上面选乡镇，或者看下面的名单。";
    button.disabled = false;
  };
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = "正在看您在哪里……";
    navigator.geolocation.getCurrentPosition(found, refused, { timeout: 10000, maximumAge: 60000 });
  });
  box.hidden = false;
})();
