// Files chosen for sending: named in our words, drawn small, each left out again by one tap.
(function () {
  "use strict";
  // A photo's label says what was chosen, in our words instead of the browser's.
  document.querySelectorAll(".upload input[type=file]").forEach(function (input) {
    var label = input.closest(".upload"), words = label.querySelector("span");
    var asks = words && words.textContent, list = document.createElement("ul");
    list.className = "chosen";
    if (/image/.test(input.accept)) label.after(list);
    input.addEventListener("change", function () {
      var files = Array.prototype.slice.call(input.files);
      if (words) words.textContent = files.length ? "已选 " + files.length + " 个：" + files[0].name : asks;
      list.replaceChildren.apply(list, files.map(function (file) { return chosen(input, file); }));
    });
  });
  // Drawn on a canvas: the page's rules let no picture in but our own.
  function chosen(input, file) {
    var line = document.createElement("li"), canvas = document.createElement("canvas");
    var name = document.createElement("span"), drop = document.createElement("button");
    canvas.width = canvas.height = 112;
    name.textContent = file.name;
    drop.type = "button";
    drop.className = "btn line small";
    drop.textContent = "删除";
    drop.setAttribute("aria-label", "删除 " + file.name);
    drop.addEventListener("click", function () {
      var rest = new DataTransfer();
      Array.prototype.forEach.call(input.files, function (one) { if (one !== file) rest.items.add(one); });
      input.files = rest.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
    line.append(canvas, name, drop);
    if (window.createImageBitmap) createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var side = Math.min(picture.width, picture.height);
      canvas.getContext("2d").drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, 112, 112);
    }).catch(function () { canvas.remove(); }); // no picture this phone can draw: the server says so
    return line;
  }
})();
