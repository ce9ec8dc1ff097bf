// <p data-keeps="raise" hx-post="…" hx-trigger="keep"> saves the form #raise while it is written:
// two seconds after the first unsaved letter, and as the page is left.
(function () {
  "use strict";
  document.querySelectorAll("[data-keeps]").forEach(function (line) {
    var form = document.getElementById(line.dataset.keeps), waiting = null, unsaved = false, sending = false;
    var saving = false, held = null;
    line.addEventListener("htmx:beforeRequest", function () { saving = true; });
    line.addEventListener("htmx:afterRequest", function () {
      saving = false;
      saved();
      if (held) held.submit();
    });
    function typed() {
      unsaved = true;
      sending = false;
      waiting = waiting || setTimeout(save, 2000);
    }
    function taken() {
      clearTimeout(waiting);
      waiting = null;
      if (!unsaved) return false;
      unsaved = false;
      return true;
    }
    // What this browser keeps for a line that fails (remember.js) is in the draft now.
    function saved() { if (!unsaved && !line.querySelector(".red")) form.dispatchEvent(new Event("saved")); }
    function save() { if (taken()) htmx.trigger(line, "keep"); }
    // Outlives its page; chosen files do not: they are too large for it.
    function leave() {
      if (!taken()) return Promise.resolve();
      var words = new FormData(form);
      Array.from(words.keys()).forEach(function (name) {
        if (words.get(name) instanceof File) words.delete(name);
      });
      return fetch(line.getAttribute("hx-post"), {
        method: "POST", body: words, keepalive: true, headers: { "HX-Request": "true" },
      }).catch(function () { unsaved = true; });
    }
    form.addEventListener("input", typed);
    form.addEventListener("focusout", function () { setTimeout(save, 300); });
    document.addEventListener("submit", function (event) {
      if (event.defaultPrevented) return;
      sending = event.target === form;
      if (sending) return;
      unsaved = false; // 删除草稿, which comes after what is being saved
      if (!saving) return;
      event.preventDefault();
      held = event.target;
    });
    // The page that follows shall find the draft.
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (!link || !unsaved || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey) return;
      if (link.target || link.hash || link.origin !== location.origin) return;
      event.preventDefault();
      var go = function () { location.assign(link.href); }, late = setTimeout(go, 2000);
      leave().then(function () { clearTimeout(late); go(); });
    });
    window.addEventListener("beforeunload", function () { if (!sending) leave(); });
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", function () { if (document.hidden && !sending) leave(); });
  });
})();
