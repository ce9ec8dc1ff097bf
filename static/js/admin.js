// Mends two habits of the admin theme before its own scripts begin.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  // Its scroll boxes name themselves "scrollable content" to screen readers: say it in Chinese.
  if (window.SimpleBar) window.SimpleBar.defaultOptions.ariaLabel = "可以滚动的内容";
  // It writes a chosen file's name into a text box that our upload field does not have.
  document.querySelectorAll(".upload input[type=file]").forEach(function (input) {
    input.hasChangeListener = true;
  });
});
