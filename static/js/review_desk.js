// The desk of waiting proposals by keyboard: J next, K the one before. By clicks it works without.
(function () {
  "use strict";
  function typing(at) {
    return at.isContentEditable || /^(textarea|select)$/i.test(at.tagName)
      || (at.tagName === "INPUT" && !/^(checkbox|radio)$/.test(at.type));
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    var where = { j: "next", k: "prev" }[event.key.toLowerCase()];
    var link = where && document.querySelector("#one a[rel=" + where + "]");
    if (link) link.click();
  });
})();
