// Requests to the server, which is always the one this page came from. Each names the page's
// language, in which the server answers.

import { currentLanguage } from "./i18n.js";

/** An answer that is not a success, with the server's one line. */
export class ApiError extends Error {
  constructor(status, body) {
    super(body.error ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }

  /** What would be sent to servers, if that is what the server asks about. */
  get transfers() {
    return (this.body.transfers ?? []).filter((transfer) => !transfer.allowed);
  }
}

/** The server could not be reached. */
export class Unreachable extends Error {}

async function request(method, path, body, headers = {}) {
  const options = { method, headers: { "Page-Language": currentLanguage().slice(0, 2), ...headers }, credentials: "same-origin" };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`/api${path}`, options);
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})));
  return response;
}

/** Return the JSON that the server answers; null for an empty answer. */
export async function call(method, path, body, headers) {
  const response = await request(method, path, body, headers);
  return (response.headers.get("Content-Type") ?? "").includes("json") ? response.json() : null;
}

/** Return the sound that the server answers. */
export async function fetchSound(method, path, body) {
  return (await request(method, path, body)).blob();
}
