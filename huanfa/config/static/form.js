// Small helps for forms and lists, each hooked to a data-huanfa-… attribute. They only save a click:
// a page is whole without this file, and one help that fails leaves the others working.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
const fieldOf = (element) => element.closest(".field") ?? element;

// ── unsaved changes, and the draft ──
// <form data-huanfa-warn>                  asks before leaving with changes
// <form data-huanfa-draft="URL">           also posts the form there two seconds after the last change; 2xx means kept

function watchForm(form) {
  let changed = false;
  let leaving = false;
  const saved = () => { changed = false; };
  if (form.dataset.huanfaDraft) keepDraft(form, saved);
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });
}

function keepDraft(form, saved) {
  const state = form.querySelector("[data-huanfa-draft-state]") ?? form.appendChild(document.createElement("p"));
  state.classList.add("draft");
  state.setAttribute("role", "status");
  let timer = 0;
  let turn = 0;

  const say = (text, failed = false) => {
    state.textContent = text;
    state.classList.toggle("draft-failed", failed);
  };
  const send = async () => {
    const mine = ++turn;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(form.dataset.huanfaDraft, { method: "POST", body, redirect: "error" });
      if (mine !== turn) return;
      if (!answer.ok) throw new Error(answer.status);
      const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
      say(`草稿已保存 ${now}`);
      saved();
    } catch {
      if (mine === turn) say("草稿未能保存，请尽快提交", true);
    }
  };
  form.addEventListener("input", () => {
    turn += 1; // an answer still on its way no longer speaks for what is on the page
    clearTimeout(timer);
    timer = setTimeout(send, 2000);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); turn += 1; });
}

// ── fields that depend on another ──
// <div class="field" data-huanfa-when="hearing=yes,late">   shown while the field named hearing has one of the values;
// "name" alone: while it is ticked or filled. What is hidden is disabled, so it is not sent.

function followWhen(form) {
  const dependents = all("[data-huanfa-when]", form).map((element) => {
    const [name, values] = element.dataset.huanfaWhen.split("=");
    return { field: fieldOf(element), name: name.trim(), values: values?.split(",").map((v) => v.trim()) };
  });
  if (!dependents.length) return;
  const valuesOf = (name) => all("input, select, textarea", form)
    .filter((c) => c.name === name && !c.disabled && (!/^(radio|checkbox)$/.test(c.type) || c.checked))
    .map((c) => c.value);
  const show = () => {
    for (const { field, name, values } of dependents) {
      const given = valuesOf(name).filter(Boolean);
      const on = values ? given.some((v) => values.includes(v)) : given.length > 0;
      field.hidden = !on;
      for (const control of all("input, select, textarea", field)) control.disabled = !on;
    }
  };
  form.addEventListener("change", show);
  form.addEventListener("input", show);
  show();
}

// ── rows that can be added and taken away ──
// <div data-huanfa-rows="PREFIX"> … <tbody data-huanfa-body>, a <template data-huanfa-empty> whose row says __prefix__,
// a hidden button data-huanfa-add, in each row a hidden button data-huanfa-remove. Counts in PREFIX-TOTAL_FORMS if there.

function growRows(box) {
  const body = box.querySelector("[data-huanfa-body]");
  const blank = box.querySelector("template[data-huanfa-empty]");
  const total = box.querySelector(`[name="${box.dataset.huanfaRows}-TOTAL_FORMS"]`);
  const changed = () => box.dispatchEvent(new Event("input", { bubbles: true }));
  let next = total ? Number(total.value) : body.children.length;
  const unveil = () => { for (const b of all("[data-huanfa-add], [data-huanfa-remove]", box)) b.hidden = false; };

  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-huanfa-add], [data-huanfa-remove]");
    if (!button) return;
    event.preventDefault(); // without this file the button hands the form in, and the server adds the row
    if (button.hasAttribute("data-huanfa-add")) {
      const holder = document.createElement("template");
      holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", String(next));
      next += 1;
      if (total) total.value = String(next);
      const row = holder.content.firstElementChild;
      body.append(row);
      row.querySelector("input, select, textarea")?.focus();
    } else {
      const row = button.closest("[data-huanfa-row]");
      const gone = all("input[type=checkbox]", row).find((c) => c.name.endsWith("-DELETE"));
      if (gone) { gone.checked = true; row.hidden = true; } else row.remove();
      box.querySelector("[data-huanfa-add]")?.focus();
    }
    unveil();
    changed();
  });
  unveil();
}

// ── copying, rows as links ──
// <button data-huanfa-copy="text or #id" hidden>      <tr data-huanfa-href="URL"> whose first cell has the same link

async function copyText(button) {
  const what = button.dataset.huanfaCopy;
  const text = what.startsWith("#") ? document.querySelector(what)?.textContent.trim() ?? "" : what;
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  let done = false;
  if (navigator.clipboard) {
    done = await navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  if (!done) { // on an intranet without https the browser offers only the old way
    const box = document.body.appendChild(document.createElement("textarea"));
    box.value = text;
    box.select();
    done = document.execCommand("copy");
    box.remove();
    button.focus();
  }
  label.textContent = done ? "已复制" : "请手工复制";
  setTimeout(() => { label.textContent = before; }, 1600);
}

function openRow(event) {
  const row = event.target.closest("[data-huanfa-href]");
  if (!row || event.button || event.target.closest("a, button, input, select, textarea, label, summary")) return;
  if (String(getSelection())) return; // somebody is marking text
  if (event.ctrlKey || event.metaKey) open(row.dataset.huanfaHref, "_blank", "noopener");
  else location.assign(row.dataset.huanfaHref);
}

// ── keys ──
// "/" goes to [data-huanfa-search]; "g" then a letter to a[data-huanfa-go]; Ctrl+Enter submits the form one is in. Single keys can be
// switched off (WCAG 2.1.4) with the box [data-huanfa-keys-on]; this browser remembers it.

function listenToKeys() {
  const box = document.querySelector("[data-huanfa-keys-on]");
  const kept = (() => { try { return localStorage; } catch { return null; } })();
  let single = kept?.getItem("huanfa-keys") !== "off";
  let waiting = 0;
  if (box) {
    box.closest("[data-huanfa-keys]").hidden = false;
    box.checked = single;
    box.addEventListener("change", () => {
      single = box.checked;
      kept?.setItem("huanfa-keys", single ? "on" : "off");
    });
  }
  addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form");
      if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("[data-huanfa-main]") ?? form.querySelector("button[type=submit]")); }
      return;
    }
    if (!single || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (Date.now() - waiting < 1500) {
      waiting = 0;
      all("a[data-huanfa-go]").find((a) => a.dataset.huanfaGo === event.key)?.click();
    } else if (event.key === "g") {
      waiting = Date.now();
    } else if (event.key === "/") {
      const search = document.querySelector("[data-huanfa-search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
}

for (const form of all("form[data-huanfa-warn], form[data-huanfa-draft]")) watchForm(form);
for (const form of all("form")) followWhen(form);
for (const box of all("[data-huanfa-rows]")) growRows(box);
for (const button of all("[data-huanfa-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copyText(button));
}
document.addEventListener("click", openRow);
document.querySelector("[data-huanfa-focus]")?.focus();
listenToKeys();
