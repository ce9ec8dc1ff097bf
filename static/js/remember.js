// Garnish only: every page works without this file.
(function () {
  "use strict";

  // <form data-remember="answer.7">: what is typed and not saved stays in this browser, for this account
  // alone. The page shows what was saved and only offers these words (data-typed: it shows what was sent).
  // Forgotten after a save that succeeded, at <i data-forget="answer.7"> and at 退出.
  var mine = "typed:" + document.currentScript.dataset.me + ":";
  function forget(start) {
    Object.keys(localStorage).forEach(function (key) { if (!key.indexOf(start)) localStorage.removeItem(key); });
  }
  function typed(form, loaded) {
    var words = {};
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || /^(hidden|password|file|submit|button)$/.test(field.type)) return;
      var list = words[field.name] = words[field.name] || [];
      if (field.options) Array.from(field.options).forEach(function (option) {
        if (option[loaded ? "defaultSelected" : "selected"]) list.push(option.value);
      }); else if (!/^(radio|checkbox)$/.test(field.type)) {
        list.push(field[loaded ? "defaultValue" : "value"].trim());
      } else if (field[loaded ? "defaultChecked" : "checked"]) list.push(field.value);
    });
    return words;
  }
  function remember(form) {
    var key = mine + form.dataset.remember, loaded = typed(form, true), sent = "typed" in form.dataset;
    var before = JSON.parse(localStorage.getItem(key) || "{}");
    function differs(words) {
      var some = {}, any = false;
      Object.keys(words).forEach(function (name) {
        if (sent && name in before || "" + words[name] !== "" + (loaded[name] || "")) any = some[name] = words[name];
      });
      return any && some;
    }
    function forgotten() { localStorage.removeItem(key); }
    function keep() {
      var some = differs(typed(form));
      if (some) localStorage.setItem(key, JSON.stringify(some)); else forgotten();
    }
    function offered(words) {
      var note = document.createElement("p"), said = [];
      function button(name, act) {
        var made = document.createElement("button");
        made.type = "button";
        made.className = "btn line small";
        made.textContent = name;
        made.onclick = function () { note.remove(); act(); };
        note.append(" ", made);
      }
      function each(act) {
        Array.from(form.elements).forEach(function (field) { if (field.name in words) act(field, words[field.name]); });
      }
      each(function (field, list) {
        if (!/^(radio|checkbox)$/.test(field.type)) said.push(list.join());
        else if (list.indexOf(field.value) >= 0) said.push(field.closest("label").textContent.trim());
      });
      note.className = "note gold";
      note.textContent = "您上次没存的字：" + said.filter(Boolean).join("；").slice(0, 200);
      button("放回", function () {
        each(function (field, list) {
          if (field.type === "checkbox" || field.type === "radio" && list.length) field.checked = list.indexOf(field.value) >= 0;
          else if (field.type !== "radio") field.value = list[0] || "";
        });
        form.dispatchEvent(new Event("input", { bubbles: true }));
      });
      button("不要", forgotten);
      form.prepend(note);
    }
    var left = differs(before);
    if (sent) keep(); else if (left) offered(left); else forgotten();
    form.addEventListener("input", keep);
    form.addEventListener("saved", forgotten);
    form.addEventListener("submit", function () { sessionStorage.sent = key; });
  }
  try {
    forget("draft:"); // as they were kept before, for whoever came
    if (document.querySelector(".messages .success")) localStorage.removeItem(sessionStorage.sent);
    sessionStorage.removeItem("sent");
    document.querySelectorAll("[data-forget]").forEach(function (word) { localStorage.removeItem(mine + word.dataset.forget); });
    document.querySelectorAll("form[data-remember]").forEach(remember);
    document.querySelectorAll("form[data-leave]").forEach(function (form) {
      form.addEventListener("submit", function () { forget(mine); });
    });
  } catch (closed) { /* private browsing or a full phone: the page works, it only forgets */ }
})();
