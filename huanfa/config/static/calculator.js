// The answer follows the choices: each change asks the same address for the page and puts its parts in place.
// <form data-huanfa-calculate>   the questions; its address with the answers is that of the result
// <… id="…" data-huanfa-part>    what is put in place anew
// <output data-huanfa-so-far>    the amount, also read out; without this file the button does all of it

const form = document.querySelector("form[data-huanfa-calculate]");
const soFar = form?.querySelector("[data-huanfa-so-far]");
let timer = 0;
let asking = null;

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
  return `${form.action.split("#")[0]}?${query}`;
}

function say(text) {
  soFar.textContent = text;
  soFar.parentElement.hidden = !text;
}

// What was wrong at the last sending and no longer is.
function clearSettled(page) {
  for (const wrong of form.querySelectorAll(".wrong[id]")) {
    if (page.getElementById(wrong.id)) continue;
    const field = wrong.closest(".field");
    field?.classList.remove("field-wrong");
    for (const box of field?.querySelectorAll("[aria-invalid]") ?? []) box.removeAttribute("aria-invalid");
    wrong.remove();
  }
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const to = address();
  try {
    const answer = await fetch(to, { signal: asking.signal, headers: { Accept: "text/html" } });
    if (!answer.ok && answer.status !== 400) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-huanfa-part]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    }
    clearSettled(page);
    say(page.querySelector("[data-huanfa-so-far]")?.textContent);
    history.replaceState(null, "", to);
  } catch (error) {
    if (error.name !== "AbortError") say("没有算成，请按“计算”");
  }
}

if (form && soFar) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
}
