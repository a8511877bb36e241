// Asks the browser for a passkey. Without this file the desk asks for the six digits.
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

// The server writes bytes as base64url; browsers of the last years alone read that themselves.
function read(options) {
  options.challenge = toBytes(options.challenge);
  if (options.user) {
    options.user.id = toBytes(options.user.id);
  }
  for (const known of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) {
    known.id = toBytes(known.id);
  }
  return options;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  const id = toText(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response });
}

async function ask(form) {
  const publicKey = read(JSON.parse(form.dataset.options));
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.answer.value = written(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const shown of document.querySelectorAll("[data-passkey-button]")) {
    shown.hidden = false;
  }
  for (const hidden of document.querySelectorAll("[data-passkey-missing]")) {
    hidden.hidden = true;
  }
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}
