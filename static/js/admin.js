// The admin theme names its scroll boxes "scrollable content" to screen readers: say it in Chinese.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  if (window.SimpleBar) window.SimpleBar.defaultOptions.ariaLabel = "可以滚动的内容";
});
