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
    // A second tap on a slow line must not send the form twice; a table may be taken again.
    var taken = event.submitter && event.submitter.name === "export";
    if (form.method === "post" && !form.hasAttribute("hx-post") && !taken) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
      setTimeout(function () { delete form.dataset.sent; }, 5000);
    }
  }, true);

  // Coming back with the browser's back button: the form may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
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

  function offer(attribute, act) {
    document.querySelectorAll("[" + attribute + "]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { act(button); });
    });
  }
  // <button data-copy> copies the address of the filtered list; hidden without JavaScript.
  if (navigator.clipboard) offer("data-copy", function (button) {
    navigator.clipboard.writeText(button.dataset.copy || location.href).then(function () {
      button.textContent = "已复制";
    });
  });
  offer("data-print", function () { window.print(); });
  if (history.length > 1) offer("data-back", function () { history.back(); });

  // Plus and minus beside a number: <button data-step="-1" hidden> in .amount.
  offer("data-step", function (button) {
    var field = button.closest(".amount").querySelector("input");
    var next = (parseFloat(field.value) || 0) + parseFloat(button.dataset.step);
    if (field.min === "" || next >= parseFloat(field.min)) field.value = next;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // The dock repeats the form as a sentence: <p data-says="report" hidden>…<span data-echo="day other_day">.
  // An answer "other" hands over to the next name; without an answer the span keeps its own words.
  document.querySelectorAll("[data-says]").forEach(function (line) {
    var form = document.getElementById(line.dataset.says);
    function said(name) {
      var field = form.elements[name];
      if (!field || field.type === "hidden") return "";
      if (field.type === "file") return field.files.length ? field.files.length + " 张照片" : "";
      if (!(field instanceof RadioNodeList)) return field.value;
      var one = Array.prototype.find.call(field, function (option) { return option.checked; });
      return one && one.value !== "other" ? one.closest("label").querySelector("span").firstChild.textContent : "";
    }
    function say() {
      line.querySelectorAll("[data-echo]").forEach(function (word) {
        if (!word.dataset.unsaid) word.dataset.unsaid = word.textContent || " ";
        word.textContent = word.dataset.echo.split(" ").map(said).filter(Boolean)[0] || word.dataset.unsaid;
      });
    }
    form.addEventListener("input", say);
    form.addEventListener("change", say);
    window.addEventListener("pageshow", say);
    line.hidden = false;
    say();
  });
})();
