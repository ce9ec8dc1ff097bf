// Signed out: only that something kept on this phone waits, not what nor whose (see offline.js).
(function () {
  "use strict";
  if (!window.indexedDB) return;
  const opening = indexedDB.open("congress", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("duties", { keyPath: "token" });
  opening.onsuccess = () => {
    const asked = opening.result.transaction("duties").objectStore("duties").getAll();
    asked.onsuccess = () => {
      const count = asked.result.filter((duty) => duty.state !== "reported").length;
      const line = document.querySelector("#waits-on-phone");
      opening.result.close();
      line.hidden = !count;
      line.querySelector("b").textContent = `手机里有 ${count} 条履职还没上报。`;
    };
  };
})();
