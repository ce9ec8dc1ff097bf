// Garnish only: every page works without this file.
(function () {
  "use strict";

  // A form that cannot be undone asks once: <form data-ask="确定撤回这条记录吗？">.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var question = (event.submitter && event.submitter.dataset.ask) || form.dataset.ask;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // A second tap on a slow line must not send the form twice.
    if (form.method === "post" && !form.hasAttribute("hx-post")) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    }
  }, true);

  // Coming back with the browser's back button: the form may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });

  // <form data-remember="duty.visit"> keeps what is typed on this phone until it is sent;
  // passwords and files are never kept.
  function kept(form) {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && !/^(hidden|password|file|submit|button)$/.test(field.type);
    });
  }
  document.querySelectorAll("form[data-remember]").forEach(function (form) {
    var key = "draft:" + form.dataset.remember;
    try {
      var draft = JSON.parse(localStorage.getItem(key) || "{}");
      kept(form).forEach(function (field) {
        if (!(field.name in draft) || form.querySelector(".wrong")) return;
        if (/^(radio|checkbox)$/.test(field.type)) {
          field.checked = draft[field.name].indexOf(field.value) >= 0;
        } else if (!field.value) {
          field.value = draft[field.name][0] || "";
        }
      });
      form.addEventListener("input", function () {
        var now = {};
        kept(form).forEach(function (field) {
          var list = now[field.name] = now[field.name] || [];
          if (!/^(radio|checkbox)$/.test(field.type) || field.checked) list.push(field.value);
        });
        localStorage.setItem(key, JSON.stringify(now));
      });
      form.addEventListener("submit", function () { localStorage.removeItem(key); });
    } catch (full) { /* private browsing or a full phone: the page works, it only forgets */ }
  });

  // A filter form with data-auto applies itself when a choice changes.
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-auto")) form.requestSubmit ? form.requestSubmit() : form.submit();
  });

  // One open menu at a time; a tap elsewhere or Escape closes it.
  function close(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) { close(event.target.closest("details.menu")); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(null); });

  // <button data-copy> copies the address of the filtered list; hidden without JavaScript.
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy || location.href).then(function () {
        button.textContent = "已复制";
      });
    });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
