// A chip leads to a section that is folded on a phone: it opens as by a tap, and a tap folds it again.
// Without this script the style sheet shows it.
(function () {
  "use strict";
  function open() {
    var at = location.hash && document.getElementById(location.hash.slice(1));
    var box = at && at.querySelector(".fold-open");
    if (box) box.checked = true;
  }
  window.addEventListener("hashchange", open);
  document.addEventListener("click", function (event) {
    if (event.target.closest(".jump a")) setTimeout(open);
  });
  open();
})();
