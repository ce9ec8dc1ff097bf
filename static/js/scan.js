// 扫代表码: the organiser's phone reads the deputy's code with its camera, one after another, or from
// a photo where a page may not have the camera. What it sees is read here (qr.min.js) and never sent;
// the code found is put into the form, which is sent or kept as ever (checkin.js).
(() => {
  "use strict";
  const box = document.querySelector("[data-scan]");
  if (!box || typeof readQR === "undefined") return;
  const form = box.closest("form"), open = box.querySelector("button"), film = box.querySelector("video");
  const photo = box.querySelector("input"), said = box.querySelector("[role=status]");
  const SIDE = 640, PAUSE = 200, SAME = 5000;
  const OTHERWISE = "可以点“拍一张”，用扫码枪，或者按名单代签。";
  const sheet = document.createElement("canvas"), pen = sheet.getContext("2d", { willReadFrequently: true });
  let stream = null, last = "", lastAt = 0;

  function read(picture, wide, high, most, effort) {
    const less = Math.min(1, most / Math.min(wide, high));
    [sheet.width, sheet.height] = [Math.round(wide * less), Math.round(high * less)];
    pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
    try { return readQR.decodeQR(pen.getImageData(0, 0, sheet.width, sheet.height), effort); } catch (none) { return ""; }
  }
  function found(words) {
    if (words === last && Date.now() - lastAt < SAME) return;
    [last, lastAt] = [words, Date.now()];
    form.elements.card.value = words;
    said.textContent = "扫到了，正在登记……";
    if (navigator.vibrate) navigator.vibrate(80);
    if (form.requestSubmit) form.requestSubmit(); else form.querySelector("button:not([type])").click();
  }
  function look() {
    if (!stream) return;
    if (film.videoWidth) { const words = read(film, film.videoWidth, film.videoHeight, SIDE); if (words) found(words); }
    setTimeout(look, PAUSE);
  }
  function close() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = film.srcObject = null;
    film.hidden = true;
    open.textContent = "用摄像头扫";
  }
  async function start() {
    open.disabled = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
      film.srcObject = stream;
      film.hidden = false;
      await film.play();
      open.textContent = "关上摄像头";
      said.textContent = "把代表手机上的“我的代表码”放在画面中间。";
      look();
    } catch (no) {
      close();
      said.textContent = (no.name === "NotAllowedError" ? "没有允许用摄像头。" : "这部设备打不开摄像头。") + OTHERWISE;
    }
    open.disabled = false;
  }
  async function taken() {
    const [file] = photo.files;
    if (!file) return;
    let words = "";
    try {
      const picture = await createImageBitmap(file);
      words = read(picture, picture.width, picture.height, 2 * SIDE, { timeLimit: 2000 });
    } catch (noPicture) { /* said below */ }
    photo.value = "";
    if (words) found(words); else said.textContent = "照片里没有读到代表码，请靠近一点再拍，或者按名单代签。";
  }
  box.hidden = false;
  open.hidden = !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  open.addEventListener("click", () => (stream ? close() : start()));
  photo.addEventListener("change", taken);
  addEventListener("check-in", ({ detail }) => {
    if (!detail.fields.some(([name, value]) => name === "card" && value === last)) return;
    said.textContent = detail.said || "已存在这部设备里，有网自动传。请下一位。";
  });
  addEventListener("pagehide", close);
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); });
})();
