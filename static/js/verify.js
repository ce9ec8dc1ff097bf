// The desk of checking and verifying by keyboard (templates/scoring/_desk.html): J K X V R A B O ?.
// Without this file everything there works by clicks. No key acts while somebody types.
(function () {
  "use strict";
  var said = null;
  function desk() { return document.getElementById("desk"); }
  function find(selector) { return desk() && desk().querySelector(selector); }
  function all(selector) { return Array.prototype.slice.call(desk().querySelectorAll(selector)); }
  function typing(at) {
    return at.isContentEditable || /^(textarea|select)$/i.test(at.tagName)
      || (at.tagName === "INPUT" && !/^(checkbox|radio)$/.test(at.type));
  }
  // An answer is still on its way: what one sees is not yet what a key would act on.
  function waits() { return Boolean(find(".htmx-request")); }

  // Screen readers hear of every change from one line that is never swapped.
  function say(words) {
    if (!said) {
      said = document.createElement("p");
      said.id = "said";
      said.className = "unseen";
      said.setAttribute("role", "status");
      document.body.append(said);
    }
    said.textContent = words;
  }
  function wordsOf(part) {
    var places = part.matches("[data-say]") ? [part] : Array.prototype.slice.call(part.querySelectorAll("[data-say]"));
    return places.map(function (place) { return place.dataset.say + place.textContent.trim().replace(/\s+/g, " "); }).join("。");
  }

  function current() { return find(".lines > .now"); }
  function look(row) {
    var link = row.querySelector("a");
    all(".lines > .now").forEach(function (other) {
      other.classList.remove("now");
      other.querySelector("a").removeAttribute("aria-current");
    });
    row.classList.add("now");
    link.setAttribute("aria-current", "true");
    link.focus();
    return link;
  }
  function go(where) {
    var row = current(), next = row && row[where + "ElementSibling"];
    if (next) look(next).click();
    else if (row) press(".pager a[rel=" + (where === "next" ? "next" : "prev") + "]");
  }
  function press(selector) {
    var button = find(selector);
    if (button && !button.disabled) button.click();
    return button;
  }
  // What must be ticked first has the cursor and is said: the space bar ticks it.
  function asks() {
    var box = find("#one input[required]:not(:checked)");
    if (!box) return false;
    box.focus();
    say(box.closest("label").textContent.trim());
    return true;
  }
  function tick() {
    var box = current() && current().querySelector("input[type=checkbox]");
    if (!box) return;
    if (box.disabled) say(box.title);
    else box.click();
  }
  function openReturn() {
    var panel = find("#return");
    if (!panel) return;
    panel.open = true;
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("input[type=radio]").focus();
  }
  function closeReturn(panel) {
    panel.open = false;
    if (current()) current().querySelector("a").focus();
  }

  var keys = {
    j: function () { go("next"); },
    k: function () { go("previous"); },
    x: tick,
    a: function () { if (!waits()) press("[data-all]"); },
    b: function () { if (!waits()) press("[data-bulk]"); },
    v: function () { if (!waits() && !asks()) press("[data-one]"); },
    r: function () { if (!waits()) openReturn(); },
    o: function () { press("a.photo"); },
    "?": function () { find("#all-keys").showModal(); }
  };

  function inReturn(event, panel) {
    var words = panel.querySelector("#id_words"), choices = panel.querySelectorAll("input[type=radio]");
    if (event.key === "Escape") closeReturn(panel);
    else if (typing(event.target)) return false;
    else if (event.key === "Enter" && event.target.type === "radio") panel.querySelector("form").requestSubmit();
    else if (choices[event.key - 1]) { choices[event.key - 1].click(); choices[event.key - 1].focus(); }
    else if (Number(event.key) === choices.length + 1) words.focus();
    else return false;
    event.preventDefault();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (!desk() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    var panel = event.target.closest("#return[open]");
    if (panel && inReturn(event, panel)) return;
    if (typing(event.target)) return;
    // With a Chinese input method on, a key outside every field has only its place on the board.
    var key = event.key === "Process" ? event.code.replace("Key", "") : event.key === "？" ? "?" : event.key;
    var act = keys[key.toLowerCase()];
    if (!act || (event.repeat && !/^[jk]$/i.test(key))) return;
    event.preventDefault();
    act();
  });

  // What the deputy will read, word for word, while it is chosen and written.
  function preview(event) {
    var form = event.target.closest && event.target.closest("#return form");
    if (!form) return;
    var place = form.querySelector("[data-reason]"), chosen = form.querySelector("input[type=radio]:checked");
    if (!place.dataset.unsaid) place.dataset.unsaid = place.textContent;
    var reason = ((chosen ? chosen.value : "") + form.querySelector("#id_words").value).trim();
    place.textContent = reason || place.dataset.unsaid;
  }
  document.addEventListener("input", preview);
  document.addEventListener("change", preview);

  // The full picture, in the page; arrows walk through this record's and those it resembles.
  var shown = 0;
  function show(place) {
    var photos = all("a.photo"), box = document.getElementById("picture");
    shown = (place + photos.length) % photos.length;
    box.querySelector("img").src = photos[shown].href;
    box.querySelector("p").textContent = photos[shown].dataset.photo;
    if (!box.open) box.showModal();
  }
  document.addEventListener("click", function (event) {
    var photo = event.target.closest("#desk a.photo");
    if (event.target.closest("[data-help]")) keys["?"]();
    if (event.target.closest("[data-return]")) { event.preventDefault(); openReturn(); }
    if (event.target.closest("#picture [data-turn]")) show(shown + Number(event.target.dataset.turn));
    var row = event.target.closest("#desk .lines > li");
    if (row && event.target.closest("a")) look(row);
    if (!photo || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(all("a.photo").indexOf(photo));
  });
  document.addEventListener("keydown", function (event) {
    var turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (turn && event.target.closest("#picture[open]")) show(shown + turn);
  });

  // A refusal is a desk, too: it says who stands in the way. What is no desk (a session that ended,
  // a fault) is opened as the page it is.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!desk() || event.detail.target.id !== "desk") return;
    var ours = event.detail.xhr.responseText.indexOf('id="desk"') >= 0;
    event.detail.shouldSwap = ours;
    event.detail.isError = false;
    if (!ours) location.reload();
  });
  function swapped(event) {
    var part = document.getElementById(event.detail.target.id) || event.detail.elt;
    return desk() && part && desk().contains(part) ? part : null;
  }
  // The focus moves with the swap itself: a key pressed at once keeps what it did.
  document.addEventListener("htmx:afterSwap", function (event) {
    if (!desk() || swapped(event) !== desk()) return;
    ready();
    if (current()) look(current()).scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    var part = swapped(event);
    if (part) say(wordsOf(part));
  });
  document.addEventListener("htmx:sendError", function () { say("网络没有接通，没有办成，请再按一次。"); });

  function ready() {
    var legend = find("[data-keys]");
    if (legend) legend.hidden = false;
  }
  function begin() { if (desk()) ready(); }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
