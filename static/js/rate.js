// The button of #rating waits until everything is chosen; what is missing stands beside it.
// Without this script the button works and the server says the same.
(function () {
  "use strict";
  var form = document.getElementById("rating");
  var line = document.getElementById("rating-missing");
  var button = form && form.querySelector(".acts button");
  if (!button || !line || button.disabled) return;
  var words = form.elements.words;
  var note = form.querySelector("label[for=" + words.id + "] small");
  function look() {
    var missing = Array.prototype.filter.call(form.querySelectorAll("fieldset"), function (each) {
      return !each.querySelector("input:checked");
    });
    var unsatisfied = form.querySelector("input[value=unsatisfied]:checked");
    var bad = unsatisfied && !words.value.trim();
    if (note) note.textContent = unsatisfied ? "请写一句" : "可以不写";
    var names = missing.map(function (each) { return each.querySelector("legend").dataset.name; });
    if (names.length) line.textContent = "还差 " + names.length + " 处没选：" + names.join("、");
    else line.textContent = bad ? "选了“不满意”，请写一句哪里不满意" : "";
    button.disabled = line.textContent !== "";
    line.hidden = !button.disabled;
  }
  window.addEventListener("pageshow", look);
  form.addEventListener("change", look);
  form.addEventListener("input", look);
  look();
})();
