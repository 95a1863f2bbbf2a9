// The worksheet of a case: the sum beside the questions is computed anew after each choice. The page is whole without this.

for (const form of document.querySelectorAll("[data-huanfa-worksheet]")) {
  const answer = form.querySelector("[data-huanfa-answer]");
  let timer = 0;
  let turn = 0;

  const refresh = async () => {
    const mine = ++turn;
    const body = new FormData(form);
    body.set("do", "compute");
    try {
      const reply = await fetch(form.action, { method: "POST", body, redirect: "error" });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.querySelector("[data-huanfa-answer]");
      if (mine === turn && fresh) answer.replaceChildren(...fresh.childNodes);
    } catch {
      // no network: the button still computes
    }
  };

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 300);
  });
}
