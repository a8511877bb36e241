// Keeps what is typed on a long page before it is saved, every ten seconds and when the page is
// left. Without this file the page has a button for it.
"use strict";

const EVERY = 10_000;
const PATIENCE = 8_000;
// Browsers let no more than this outlive a page that is closed.
const LAST_WORDS = 60_000;
const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function watch(form) {
  const said = form.querySelector("[data-unsaved-said]");
  let changed = "unsavedNew" in form.dataset;
  let failed = false;
  let over = false;
  let saving = false;
  let sending = null;
  let timer = 0;

  // The same words again would be read aloud again.
  function say(words) {
    if (said.textContent !== words) {
      said.textContent = words;
    }
  }

  async function tell(answer) {
    failed = !answer.ok;
    if (answer.ok) {
      say(`${said.dataset.kept} ${CLOCK.format(new Date())}　${await answer.text()}`.trim());
    } else if (answer.status === 403) {
      over = true;
      say(said.dataset.over);
    } else {
      say((answer.status === 409 && (await answer.text())) || said.dataset.failed);
    }
  }

  async function post() {
    const body = new URLSearchParams(new FormData(form));
    const keepalive = body.toString().length < LAST_WORDS;
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      await tell(await fetch(form.dataset.unsaved, { method: "POST", body, keepalive, signal }));
    } catch {
      failed = true;
      say(said.dataset.failed);
    }
  }

  function later() {
    timer ||= setTimeout(send, EVERY);
  }

  async function send() {
    clearTimeout(timer);
    timer = 0;
    if (!changed || saving || sending || over) {
      return;
    }
    changed = false;
    sending = post();
    await sending;
    sending = null;
    changed ||= failed;
    if (changed) {
      later();
    }
  }

  form.addEventListener("input", () => {
    changed = true;
    later();
  });
  // What is on its way must not arrive after the version that it belongs to.
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      const button = event.submitter;
      sending.then(() => form.requestSubmit(button));
    } else {
      saving = true;
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      send();
    }
  });
  window.addEventListener("pagehide", send);
  window.addEventListener("pageshow", () => {
    saving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (failed && changed && !saving) {
      event.preventDefault();
    }
  });
  for (const plain of form.querySelectorAll("[data-unsaved-plain]")) {
    plain.hidden = true;
  }
  if (changed) {
    send();
  }
}

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  watch(form);
}
