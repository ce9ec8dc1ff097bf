// Garnish only: the button says how many it would mark; without this file it says how many it was at first.
(function () {
  "use strict";

  var rest = document.querySelector("[data-rest]"), form = document.getElementById("roll");
  if (!rest || !form) return;
  function count() {
    var left = Array.from(form.querySelectorAll("ul.roll > li")).filter(function (line) {
      return !line.querySelector("input[type=radio]:checked");
    }).length;
    rest.querySelector("b").textContent = left;
    rest.hidden = !left;
  }
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
})();
