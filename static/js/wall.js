// The screen asks for itself every 30 s. When no good answer comes, it stays as it is and says
// since when: `stale` turns the lights grey and shows the amber banner (wall.css).
(function () {
  "use strict";
  var PATIENCE = 90000, heard = Date.now();

  function tell(good) {
    if (good) heard = Date.now();
    document.body.classList.toggle("stale", !good);
  }

  // Somebody else's page (a hotspot's login, a proxy's error) must not wipe the board.
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    var answer = event.detail.xhr;
    var good = answer.status === 200 && answer.responseText.indexOf('id="board"') >= 0;
    if (!good) event.detail.shouldSwap = false;
    tell(good);
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (name) {
    document.body.addEventListener(name, function () { tell(false); });
  });
  setInterval(function () { if (Date.now() - heard > PATIENCE) tell(false); }, 15000);
})();
