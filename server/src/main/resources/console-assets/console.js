// What pages can do beyond plain forms and links; without it, everything essential still works.
"use strict";

const draftKey = () => "draft:" + location.pathname + location.search;

function effectiveTheme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function setUpTheme() {
  const button = document.getElementById("theme");
  if (!button) return;
  const label = () => {
    const other = effectiveTheme() === "dark" ? "light" : "dark";
    button.textContent = other === "dark" ? "Dark theme" : "Light theme";
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = effectiveTheme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem("theme", next);
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
  label();
}

function setUpMenu() {
  const button = document.getElementById("menu");
  const nav = document.getElementById("nav");
  if (!button || !nav) return;
  document.documentElement.classList.add("js");
  button.addEventListener("click", () => {
    const open = nav.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
}

function showLocalTimes(root) {
  root.querySelectorAll("time[datetime]").forEach((time) => {
    const local = new Date(time.getAttribute("datetime"));
    if (!Number.isNaN(local.getTime()) && !time.dataset.local) {
      time.dataset.local = "yes";
      time.title = (time.title ? time.title + " · " : "") + "here: " + local.toLocaleString();
    }
  });
}

function setUpCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Copied";
    } catch (refused) {
      getSelection().selectAllChildren(source);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = before; }, 2000);
  });
}

// A session may end while somebody types: what was typed, but no secret, waits in this tab.
function setUpDrafts() {
  if (document.body.hasAttribute("data-session-ended")) {
    sessionStorage.setItem("restore-draft", "yes");
    return;
  }
  if (location.pathname === "/admin/login") return;
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const saved = sessionStorage.getItem(draftKey());
  if (saved && sessionStorage.getItem("restore-draft") === "yes") {
    JSON.parse(saved).forEach(([name, value, checked]) => {
      const field = [...form.elements].find((each) => each.name === name
        && (each.type !== "checkbox" && each.type !== "radio" || each.value === value));
      if (!field) return;
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
      else field.value = value;
    });
    const note = document.createElement("p");
    note.className = "notice";
    note.setAttribute("role", "status");
    note.textContent = "Your session had ended. What you typed is back; passwords have to be typed again.";
    form.prepend(note);
  }
  sessionStorage.removeItem("restore-draft");
  sessionStorage.removeItem(draftKey());
  form.addEventListener("submit", () => {
    const values = [...form.elements]
      .filter((each) => each.name && !["password", "hidden", "submit", "file"].includes(each.type)
        && !each.hasAttribute("data-secret"))
      .map((each) => [each.name, each.value, Boolean(each.checked)]);
    sessionStorage.setItem(draftKey(), JSON.stringify(values));
  });
}

function announceStages() {
  const status = document.getElementById("stage-status");
  document.body.addEventListener("htmx:afterSwap", (event) => {
    showLocalTimes(event.target);
    const stage = document.querySelector("[data-stage]");
    if (status && stage && status.textContent !== stage.dataset.stage) {
      status.textContent = stage.dataset.stage;
    }
  });
}

document.addEventListener("DOMContentLoaded", () => {
  setUpTheme();
  setUpMenu();
  setUpCopying();
  setUpDrafts();
  announceStages();
  showLocalTimes(document);
});
