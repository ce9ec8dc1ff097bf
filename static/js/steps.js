// The promised steps open when the class that needs one is chosen, and stay as the reader left them
// otherwise. Without this script they open by a click, and once the draft is saved.
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var steps = document.querySelector("details[data-asked-by='" + event.target.name + "']");
    if (steps && steps.dataset.planned.split(" ").indexOf(event.target.value) >= 0) steps.open = true;
  });
})();
