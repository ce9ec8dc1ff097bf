// The workbench's one box (templates/unfold/helpers/search.html): / goes there, arrows walk through
// what was found, Enter opens the first, Escape closes. Without this file it is a plain form.
(function () {
  "use strict";
  function box() { return document.querySelector("[data-box]"); }
  function input() { return box().querySelector("input"); }
  function found() { return document.getElementById("box-found"); }
  function links() { return Array.prototype.slice.call(found().querySelectorAll("a.hit")); }
  function typing(at) { return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName); }
  // An answer to an earlier question is none: what one reads is what Enter opens.
  function fresh() { return found().dataset.asked === input().value.trim(); }

  // In the capture phase: the theme gives the same key to the filter of a list.
  document.addEventListener("keydown", function (event) {
    if (!box() || event.isComposing) return;
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      input().focus();
      input().select();
      return;
    }
    if (!box().contains(event.target)) return;
    var all = links(), at = all.indexOf(event.target);
    if (event.key === "Escape") {
      event.preventDefault();
      found().hidden = true;
      input().focus();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      found().hidden = false;
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (all[at - 1] || input()).focus();
    } else if (event.key === "Enter" && event.target === input()) {
      var first = links()[0];
      if (!fresh() || !first) return;
      event.preventDefault();
      first.click();
    }
  }, true);

  document.addEventListener("input", function (event) {
    if (box() && event.target === input()) found().hidden = !input().value.trim();
  });
  document.addEventListener("focusin", function (event) {
    if (!box()) return;
    if (!box().contains(event.target)) found().hidden = true;
    else if (event.target === input() && fresh()) found().hidden = !input().value.trim();
  });
  document.addEventListener("click", function (event) {
    if (box() && !box().contains(event.target)) found().hidden = true;
  });
})();
