// The committee's list (templates/scoring/decide.html): live counts, Enter goes to the next deputy.
// Without this file everything there works by the page's own buttons.
(function () {
  "use strict";
  var form = document.getElementById("decide");
  if (!form) return;
  form.querySelectorAll("[data-only-script]").forEach(function (hint) { hint.hidden = false; });
  function grades() { return Array.prototype.slice.call(form.querySelectorAll("[name^='grade-']")); }
  function count() {
    var counts = {};
    grades().forEach(function (grade) { counts[grade.value] = (counts[grade.value] || 0) + 1; });
    form.querySelectorAll("[data-count]").forEach(function (place) {
      place.textContent = counts[place.dataset.count] || 0;
    });
  }
  form.addEventListener("change", function (event) {
    var grade = event.target;
    if (!/^grade-/.test(grade.name)) return;
    grade.classList.toggle("moved", grade.value !== grade.dataset.was);
    count();
  });
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !/^grade-/.test(event.target.name || "")) return;
    event.preventDefault();
    var all = grades().filter(function (grade) { return grade.type !== "hidden"; });
    var next = all[all.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) next.focus();
  });
})();
